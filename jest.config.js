/** Unit tests beside the TypeScript they test; the lab's acceptance suite has a configuration of its own. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};

export default {
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/generator', '<rootDir>/tasks', '<rootDir>/lab'] },
  ],
};
