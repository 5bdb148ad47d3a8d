import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { SERVER } from '../hosts.ts';

/** What goes into the root file system of a new host. */
export interface RootContent {
  readonly image: string;
  readonly hostname: string;
  /** File with the ssh key that root accepts. */
  readonly publicKey: string;
}

/** Creates a host's root file system from an image. It appears under its final name only when it is complete. */
export async function createRoot(root: string, { image, hostname, publicKey }: RootContent): Promise<void> {
  const building = `${root}-building`;
  const inBuilding = (name: string) => path.join(building, name);
  await fs.remove(building);
  await execa('cp', ['--archive', '--reflink=auto', image, building]);
  await execa('install', ['-D', '-m', '0600', publicKey, inBuilding('root/.ssh/authorized_keys')]);
  await fs.writeFile(inBuilding('etc/hostname'), `${hostname}\n`);
  // Keeps root's user manager running. Otherwise systemd would start a new one for each ssh session.
  await fs.outputFile(inBuilding('var/lib/systemd/linger/root'), '');
  // Masked, because it would load modules into this machine's kernel.
  await fs.ensureSymlink('/dev/null', inBuilding('etc/systemd/system/systemd-modules-load.service'));
  await execa('systemctl', [`--root=${building}`, 'enable', 'ssh.service']);
  await fs.rename(building, root);
}

/** Gives a host that is down this machine's name resolution, and its ssh server a port. */
export async function configureNetwork(root: string, sshPort: number, certname: string): Promise<void> {
  const machineHosts = await fs.readFile('/etc/hosts', 'utf8');
  await fs.writeFile(
    path.join(root, 'etc/hosts'),
    `${machineHosts.trimEnd()}\n127.0.0.1 ${SERVER} ${certname}\n`,
  );
  await fs.writeFile(path.join(root, 'etc/resolv.conf'), await fs.readFile('/etc/resolv.conf', 'utf8'));
  await fs.outputFile(
    path.join(root, 'etc/ssh/sshd_config.d/lab.conf'),
    `Port ${sshPort}\nListenAddress 127.0.0.1\n`,
  );
}
