import net from 'node:net';
import { expect, test } from '@jest/globals';
import { freePort } from '../../lab/machine/free-port.ts';
import { DelayProxy } from './delay-proxy.ts';

test('what clients send arrives later and in order, and answers come at once', async () => {
  const [front, back] = [await freePort(), await freePort()];
  const echo = net
    .createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket))
    .listen(back, '127.0.0.1');
  const proxy = new DelayProxy(front, back);
  await proxy.start();
  proxy.delay = 200;
  try {
    const client = net.connect(front, '127.0.0.1');
    const began = performance.now();
    client.write('first ');
    client.end('second');
    let answer = '';
    for await (const data of client) answer += data;
    expect(answer).toBe('first second');
    expect(performance.now() - began).toBeGreaterThanOrEqual(199);
  } finally {
    await proxy.stop();
    echo.close();
  }
});
