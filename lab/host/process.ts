import fs from 'fs-extra';

/**
 * Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat). Undefined if there is no such
 * process, or only a zombie.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

/** Sends a signal to a process, unless it has ended in the meantime. */
export function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
