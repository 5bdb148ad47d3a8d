import type { Agent } from '../../../model/names.ts';
import { overlayOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { sslFolderOf } from './agent.ts';
import { readBelow } from './read-below.ts';

interface CloneOnBase {
  readonly name: string;
  readonly base: string;
}

/** Certificates in a text in PEM format, without their line breaks. */
function certificatesIn(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => block.replace(/\s/g, ''));
}

/** The CA certificates that a clone trusts, in PEM format. Undefined or empty if it has not got any yet. */
export function trustedCa(
  host: Host,
  { name, base }: CloneOnBase,
  agentOf: (base: string) => Agent | undefined,
): string | undefined {
  const { names, root } = host;
  const folder = sslFolderOf(agentOf(base) ?? {});
  const file = folder && `${folder}/certs/ca.pem`;
  // The overlay hides what an image may have.
  return (
    file &&
    (readBelow(root + overlayOf(names, name), file) ?? readBelow(root + names.stateDir, `${base}${file}`))
  );
}

/**
 * Clones that trust none of these CA certificates. Clones that have not got a CA certificate yet are not among them.
 *
 * @param agentOf - reads the agent of a base image
 * @param served - the certificates of the server, in PEM format
 */
export function clonesOfAnotherCa<Clone extends CloneOnBase>(
  host: Host,
  clones: readonly Clone[],
  agentOf: (base: string) => Agent | undefined,
  served: string,
): Clone[] {
  const current = new Set(certificatesIn(served));
  return clones.filter((clone) => {
    const trusted = trustedCa(host, clone, agentOf);
    const certificates = certificatesIn(trusted || '');
    return certificates.length > 0 && !certificates.some((certificate) => current.has(certificate));
  });
}
