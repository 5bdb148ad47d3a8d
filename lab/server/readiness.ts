import type { ClientRequest } from 'node:http';
import https from 'node:https';
import { LabError } from '../errors.ts';
import { waitUntil } from '../wait.ts';

/** Starting the server's JVM takes minutes while a base image is being built. */
const READY_TIMEOUT_MS = 240_000;

/** The certificate is not verified: the request stays on loopback. */
const STATUS_REQUEST = {
  host: '127.0.0.1',
  port: 8140,
  path: '/status/v1/simple',
  rejectUnauthorized: false,
  timeout: 2000,
};

/** Whether a Puppet server on this machine reports that it is running. */
export async function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    https
      .get(STATUS_REQUEST, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      })
      .on('timeout', function (this: ClientRequest) {
        this.destroy();
      })
      .on('error', () => resolve(false));
  });
}

/** Waits until the server is running. */
export async function waitForServer(): Promise<void> {
  await waitUntil(answers, {
    timeoutMs: READY_TIMEOUT_MS,
    intervalMs: 500,
    timeoutError: () =>
      new LabError(
        `the Puppet server did not start within ${READY_TIMEOUT_MS / 1000} s`,
        'read its log: bin/lab shell --server journalctl -u puppetserver',
      ),
  });
}
