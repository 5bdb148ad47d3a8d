const Sequencer = require('@jest/test-sequencer').default;

/** Runs test files in the order of their names: each continues with the fleet that the previous one leaves. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
};
