/** Removes the clones' layers, and the units whose files are gone from systemd. */
export const FORGET_CLONES = `
  cd /var/lib/puppet-clone-army && rm -rf ./*-overlay ./*-workdir
  find /var/lib/machines -mindepth 1 -maxdepth 1 -type d -empty -delete
  systemctl reset-failed
  systemctl daemon-reload
`;

/** A command that runs an agent in a clone beside the resident one, as an operator would by hand. */
export function runBesideResident(clone: string): string {
  const agent = 'puppet agent --onetime --no-daemonize --no-splay --logdest=syslog';
  return `systemd-run --quiet --wait --collect --machine=${clone} --unit=bench-run ${agent}`;
}

/** Names of the clones of a fleet. */
export function numbered(prefix: string, clones: number): string[] {
  return Array.from({ length: clones }, (_, i) => `${prefix}${i + 1}`);
}
