const Sequencer = require('@jest/test-sequencer').default;

/** Test files run in the order of their names: what one leaves is what the next begins with. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
};
