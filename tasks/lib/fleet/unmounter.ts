import { rootOf } from '../../../model/names.ts';
import type { Host, Release } from '../contract/host.ts';
import { isIdle, isDown } from '../systemd/clone-state.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';

/**
 * Unmounts the roots of clones that have gone down, several at a time.
 *
 * systemd would do so by itself: with a helper process for each, after which it reads all of the kernel's list of
 * mounts, and that is as long as the fleet is large.
 */
export class Unmounter {
  /** Clones whose roots umount was given. */
  private readonly given = new Set<string>();
  /** Those of them that it could not unmount. */
  private readonly refused = new Set<string>();
  private unmounting = false;

  private constructor(
    private readonly host: Host,
    private readonly release: Release,
  ) {}

  /** Keeps systemd from unmounting what is mounted of these clones. */
  static async of(host: Host, clones: readonly CloneWithUnits[]): Promise<Unmounter> {
    const mounts = clones.filter(isMounted).map(({ mount }) => mount.name);
    const release = await host.keepActive(`${host.names.prefix}-stop-${process.pid}`, mounts);
    return new Unmounter(host, release);
  }

  /** Sets about unmounting what can be, each once; names of those whose roots are still to go. */
  advance(clones: readonly CloneWithUnits[]): ReadonlySet<string> {
    const left = clones
      .filter((clone) => isMounted(clone) && isDown(clone.service) && isIdle(clone.service))
      .map(({ name }) => name);
    const turn = left.filter((name) => !this.given.has(name));
    if (turn.length > 0 && !this.unmounting) void this.unmount(turn);
    return new Set(left.filter((name) => !this.refused.has(name)));
  }

  /** One call at a time; what comes to rest meanwhile is the next one's. */
  private async unmount(names: readonly string[]): Promise<void> {
    this.unmounting = true;
    for (const name of names) this.given.add(name);
    try {
      const { code, stderr } = await this.host.umount(names.map(rootOf));
      if (code !== 0) for (const name of names.filter(isNamedIn(stderr))) this.refused.add(name);
    } catch {
      // It cannot be run here. systemd has its own, and does it as soon as nothing holds the roots.
      await this.release();
    }
    this.unmounting = false;
  }

  /** Leaves what is still mounted to systemd. */
  end(): Promise<void> {
    return this.release();
  }
}

/** Whether the clone's root is mounted, and systemd is not about to change that. */
function isMounted({ mount }: CloneWithUnits): boolean {
  return !isDown(mount) && isIdle(mount);
}

/** Whether umount complains about the root of a clone; that it is not mounted is what was wanted. */
function isNamedIn(stderr: string): (name: string) => boolean {
  const lines = stderr.split('\n').filter((line) => !line.endsWith('not mounted.'));
  return (name) => lines.some((line) => line.includes(`${rootOf(name)}:`));
}
