import type { Host } from '../../lab/host/host.ts';

/** A place in the host's journal: its end. */
export async function cursorOf(host: Host): Promise<string> {
  const cursor = /^-- cursor: (.+)$/m.exec(await output(host, 'journalctl --lines=0 --show-cursor'))?.[1];
  if (!cursor) throw new Error("the host's journal has no entry");
  return cursor;
}

/** Number of lines in the host's journal after a place. */
export async function linesSince(host: Host, cursor: string): Promise<number> {
  return Number(
    await output(
      host,
      `journalctl --sync; journalctl --quiet --after-cursor='${cursor}' --output=cat | wc -l`,
    ),
  );
}

/** Disk space (KiB) of all overlays. */
export async function overlaySize(host: Host): Promise<number> {
  const total = await output(
    host,
    'du --total --summarize --block-size=1K /var/lib/puppet-clone-army/*-overlay',
  );
  return Number.parseInt(total.split('\n').at(-1) ?? '', 10);
}

async function output(host: Host, command: string): Promise<string> {
  return String((await host.ssh([command])).stdout).trim();
}
