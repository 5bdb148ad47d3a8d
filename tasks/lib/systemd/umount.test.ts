import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { umount } from './umount.ts';

const ROOT = '/var/lib/machines/clone1';

describe('umount', () => {
  let commands: Commands;
  beforeEach(() => {
    commands = new Commands();
  });
  afterEach(() => commands.remove());

  test('runs umount in the mount namespace of PID 1, and returns its output', async () => {
    commands.replace('nsenter', `echo 'umount: ${ROOT}: target is busy.' >&2; exit 32`);
    const output = await umount([ROOT]);
    expect(commands.lastArguments()).toEqual(['--target=1', '--mount', 'umount', '--no-canonicalize', ROOT]);
    expect(output).toEqual({ code: 32, stdout: '', stderr: `umount: ${ROOT}: target is busy.\n` });
  });

  test('fails if the namespace cannot be entered, or nsenter is missing', async () => {
    const refusal = 'nsenter: cannot open /proc/1/ns/mnt: Permission denied';
    commands.replace('nsenter', `echo '${refusal}' >&2; exit 1`);
    await expect(umount([ROOT])).rejects.toThrow(refusal);
    commands.clear();
    await expect(umount([ROOT])).rejects.toThrow('nsenter cannot be run');
  });
});
