import { shared } from '../../jest.shared.js';

/** Tests that compare what load tests say with other records, in a lab of their own. They take hours: npm run truth. */
export default {
  displayName: 'truth',
  rootDir: import.meta.dirname,
  ...shared,
  globalSetup: '<rootDir>/setup.ts',
  globalTeardown: '<rootDir>/teardown.ts',
  testSequencer: '<rootDir>/../acceptance/sequencer.cjs',
  // A limit for what hangs. A search for the capacity takes half an hour.
  testTimeout: 7_200_000,
  maxWorkers: 1,
};
