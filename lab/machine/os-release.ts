import fs from 'fs-extra';

/** This machine's operating system, from os-release(5). */
export async function osRelease(): Promise<{ id: string; codename: string }> {
  const text = await fs.readFile('/etc/os-release', 'utf8');
  const value = (key: string) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}
