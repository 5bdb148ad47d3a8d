import fc from 'fast-check';

/**
 * Property tests try the same cases in each run, so that a commit passes or fails for what it changes.
 * Set FUZZ_SEED to another number to try others, or to repeat a failure.
 */
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 1) });

export { fc };
