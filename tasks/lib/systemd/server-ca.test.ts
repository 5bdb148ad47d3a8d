import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { serverCa } from './server-ca.ts';

let folder: string;
let cert: string;
let server: https.Server | undefined;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'server-ca-'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', 'cert.pem', '-subj', '/CN=other', '-days', '2'], {
    cwd: folder,
    stdio: 'ignore',
  });
  cert = fs.readFileSync(path.join(folder, 'cert.pem'), 'utf8');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** Starts a server that gives this answer. Returns its port. */
async function serve(answer: (path: string) => { status: number; text: string }): Promise<number> {
  const key = fs.readFileSync(path.join(folder, 'key.pem'), 'utf8');
  server = https.createServer({ key, cert }, (request, response) => {
    const { status, text } = answer(request.url ?? '');
    response.statusCode = status;
    response.end(text);
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return (listening.address() as AddressInfo).port;
}

test('returns the certificates that the server gives to agents', async () => {
  const port = await serve((url) => ({
    status: url === '/puppet-ca/v1/certificate/ca' ? 200 : 404,
    text: url === '/puppet-ca/v1/certificate/ca' ? cert : '',
  }));
  expect(await serverCa('127.0.0.1', port)).toBe(cert);
});

test.each([
  ['is no CA', () => ({ status: 404, text: 'not found' })],
  ['sends far too much', () => ({ status: 200, text: 'x'.repeat(3e6) })],
])('returns null if the server %s', async (_, answer) => {
  expect(await serverCa('127.0.0.1', await serve(answer))).toBeNull();
});

test('returns null if there is no server', async () => {
  const port = await serve(() => ({ status: 200, text: '' }));
  const closing = server as https.Server;
  await new Promise((resolve) => closing.close(resolve));
  expect(await serverCa('127.0.0.1', port)).toBeNull();
});
