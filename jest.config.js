import { shared as reading } from './jest.shared.js';

const shared = { ...reading, rootDir: import.meta.dirname };

/** Tests that need no lab; the acceptance suite has a configuration of its own. */
export default {
  // A bound for what hangs: Ruby's tools and esbuild take their time on a busy machine.
  testTimeout: 300_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: [
        'model',
        'validation',
        'generator',
        'load',
        'tasks',
        'lab',
        'bench',
        'spec/check',
        'spec/load',
      ].map((room) => `<rootDir>/${room}`),
    },
    // The emitted module, put through Puppet's own tools.
    { ...shared, displayName: 'module', roots: ['<rootDir>/spec/module'] },
  ],
};
