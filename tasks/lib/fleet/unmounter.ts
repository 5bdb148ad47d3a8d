import { rootOf } from '../../../model/names.ts';
import type { Host, Release } from '../contract/host.ts';
import { isDown, isIdle } from '../systemd/clone-state.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';

/**
 * Unmounts the roots of stopped clones, several at a time.
 *
 * systemd would start a helper process for each root, and read the kernel's whole list of mounts after each of them,
 * which is slow for a large fleet.
 */
export class Unmounter {
  /** Names of clones whose roots have been passed to umount. */
  private readonly attempted = new Set<string>();
  /** Names of clones whose roots umount could not unmount. */
  private readonly failed = new Set<string>();
  private isUnmounting = false;

  private constructor(
    private readonly host: Host,
    private readonly release: Release,
  ) {}

  /** Keeps systemd from unmounting the roots of these clones until {@link end}. */
  static async create(host: Host, clones: readonly CloneWithUnits[]): Promise<Unmounter> {
    const mounts = clones.filter(isMounted).map(({ mount }) => mount.name);
    const release = await host.keepActive(`${host.names.prefix}-stop-${process.pid}`, mounts);
    return new Unmounter(host, release);
  }

  /**
   * Starts to unmount the roots of stopped clones, unless this was attempted before.
   *
   * @returns names of stopped clones whose roots are still to be unmounted
   */
  unmountStopped(clones: readonly CloneWithUnits[]): ReadonlySet<string> {
    const mounted = clones
      .filter((clone) => isMounted(clone) && isDown(clone.service) && isIdle(clone.service))
      .map(({ name }) => name);
    const next = mounted.filter((name) => !this.attempted.has(name));
    // One umount process at a time. Clones that stop in the meantime are for the next one.
    if (next.length > 0 && !this.isUnmounting) void this.unmount(next);
    return new Set(mounted.filter((name) => !this.failed.has(name)));
  }

  private async unmount(names: readonly string[]): Promise<void> {
    this.isUnmounting = true;
    for (const name of names) this.attempted.add(name);
    try {
      const { code, stderr } = await this.host.umount(names.map(rootOf));
      if (code !== 0) for (const name of names.filter(isNamedIn(stderr))) this.failed.add(name);
    } catch {
      // umount cannot be run here. systemd unmounts the roots when nothing keeps them active.
      await this.release();
    }
    this.isUnmounting = false;
  }

  /** Lets systemd unmount all remaining roots. */
  end(): Promise<void> {
    return this.release();
  }
}

/** Whether the clone's root is mounted, and systemd is not about to unmount it. */
function isMounted({ mount }: CloneWithUnits): boolean {
  return !isDown(mount) && isIdle(mount);
}

/** Creates a check whether umount failed for a clone. A root that was already unmounted is not a failure. */
function isNamedIn(stderr: string): (name: string) => boolean {
  const lines = stderr.split('\n').filter((line) => !line.endsWith('not mounted.'));
  return (name) => lines.some((line) => line.includes(`${rootOf(name)}:`));
}

/** Explains why a clone's root is still mounted although the clone is down. */
export function stillMounted({ name }: CloneWithUnits): string {
  return `its root is still mounted because a process uses it: run fuser -vm ${rootOf(name)}`;
}
