import type { SideName } from '../side.ts';

/** What the documentation calls each side. */
export const MODES: Readonly<Record<SideName, string>> = {
  plain: 'Plain design',
  service: 'Service mode',
  'service, shared memory': 'Service mode, shared memory',
  timer: 'Timer mode',
  'timer, preloaded': 'Timer mode, preloaded',
};
