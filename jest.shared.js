/** Settings that all test suites share: TypeScript files are ES modules, and SWC strips their types. */
export const shared = {
  testEnvironment: 'node',
  // Jest would wrap the setters of objects that test files of one process share, once for each file, and overflow the
  // stack when execa's handler of exit signals counts.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};
