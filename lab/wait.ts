import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait, and what to throw after that. */
export interface Wait {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly timeoutError: () => Error;
}

/** Waits until a condition holds. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  { timeoutMs, intervalMs, timeoutError }: Wait,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw timeoutError();
    await sleep(intervalMs);
  }
}
