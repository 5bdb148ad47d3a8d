/** Fleet size at which agent runs and shared memory are measured. */
export const SMALL = 10;

/** Larger fleets are measured only after one of this size. */
export const LARGE = 1000;

/** Fleet sizes whose applies are compared. */
export const APPLIED_SIZES: readonly number[] = [1, LARGE];
