import type { AddressInfo } from 'node:net';
import * as net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { askServer, puppetdbAsker } from './ask-servers.ts';

/** It ends all connections at once. */
let server: net.Server;
let address: { host: string; port: number };
beforeEach(async () => {
  server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
});
afterEach(() => {
  server.close();
});

describe('askServer', () => {
  test('a server that does not answer is a finding', async () => {
    expect(await askServer(address, Date.now)).toMatchObject({ kind: 'server', error: expect.any(String) });
    await new Promise((resolve) => server.close(resolve));
    expect(await askServer(address, Date.now)).toMatchObject({
      error: expect.stringContaining('ECONNREFUSED'),
      took: expect.any(Number),
    });
  });
});

describe('puppetdbAsker', () => {
  test('there is no PuppetDB where nobody answers', async () => {
    const ask = puppetdbAsker(address, Date.now);
    expect([await ask(), await ask()]).toEqual([null, null]);
  });
});
