import type { Host } from '../../lab/host/host.ts';

/** A place in the host's journal: its end. */
export async function cursorOf(host: Host): Promise<string> {
  const cursor = /^-- cursor: (.+)$/m.exec(await host.output('journalctl --lines=0 --show-cursor'))?.[1];
  if (!cursor) throw new Error("the host's journal has no entry");
  return cursor;
}

/** Number of lines in the host's journal after a place. */
export async function linesSince(host: Host, cursor: string): Promise<number> {
  return Number(
    await host.output(
      `journalctl --sync; journalctl --quiet --after-cursor='${cursor}' --output=cat | wc -l`,
    ),
  );
}

/** Disk space (KiB) of all overlays. */
export async function overlaySize(host: Host): Promise<number> {
  const total = await host.output(
    'du --total --summarize --block-size=1K /var/lib/puppet-clone-army/*-overlay',
  );
  return Number.parseInt(total.split('\n').at(-1) ?? '', 10);
}
