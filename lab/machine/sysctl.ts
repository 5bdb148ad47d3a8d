import fs from 'fs-extra';

/** Kernel settings that a clone host raises and that its container shares with this machine, by name or by file. */
const SHARED = [
  '/sys/kernel/mm/ksm/run',
  'fs.inotify.max_user_instances',
  'fs.inotify.max_user_watches',
  'fs.inotify.max_queued_events',
  'fs.file-max',
  'fs.nr_open',
  'fs.aio-max-nr',
  'kernel.core_pattern',
  'kernel.keys.maxbytes',
  'kernel.keys.maxkeys',
  'kernel.keys.root_maxbytes',
  'kernel.keys.root_maxkeys',
  'kernel.pid_max',
  'kernel.threads-max',
  'kernel.pty.max',
  'kernel.printk',
  'kernel.sysrq',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.neigh.default.gc_thresh1',
  'net.ipv4.neigh.default.gc_thresh2',
  'net.ipv4.neigh.default.gc_thresh3',
  'net.ipv4.ping_group_range',
  'vm.max_map_count',
  'vm.overcommit_memory',
];

const fileOf = (key: string) => (key.startsWith('/') ? key : `/proc/sys/${key.replaceAll('.', '/')}`);

/** The current value. */
export async function readSysctl(key: string): Promise<string> {
  return (await fs.readFile(fileOf(key), 'utf8')).trim();
}

export async function writeSysctl(key: string, value: string): Promise<void> {
  await fs.writeFile(fileOf(key), value);
}

/** The current values of all settings that hosts share. Those that this kernel lacks are left out. */
export async function readSysctls(): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const key of SHARED) {
    if (await fs.pathExists(fileOf(key))) values[key] = await readSysctl(key);
  }
  return values;
}

/** Restores values. Returns the names of the settings that had changed. */
export async function restoreSysctls(before: Readonly<Record<string, string>>): Promise<string[]> {
  const now = await readSysctls();
  const changed = Object.keys(before).filter((key) => before[key] !== now[key]);
  for (const key of changed) await writeSysctl(key, before[key] as string);
  return changed;
}
