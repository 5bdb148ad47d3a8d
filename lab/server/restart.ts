import type { Host } from '../host/host.ts';
import { waitForServer } from './readiness.ts';

/** Restarts the server, which reads its settings only then, and waits until it is running. */
export async function restartServer(server: Host): Promise<void> {
  await server.ssh(['systemctl daemon-reload && systemctl restart puppetserver.service']);
  await waitForServer();
}
