import net from 'node:net';

/** A TCP proxy on loopback that can delay what clients send. It does not look into it: connections stay encrypted. */
export class DelayProxy {
  /** Milliseconds by which everything that clients send arrives later. */
  delay = 0;
  private readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer({ allowHalfOpen: true }, (client) => this.connect(client));

  /**
   * @param port - Where it listens
   * @param target - Port that it passes connections on to
   */
  constructor(
    private readonly port: number,
    private readonly target: number,
  ) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private connect(client: net.Socket): void {
    const server = net.connect({ port: this.target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    client.setNoDelay(true);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    }
    // Later data never overtakes earlier data, also when the delay becomes shorter.
    let free = 0;
    const later = (send: () => void) => {
      free = Math.max(free, performance.now() + this.delay);
      setTimeout(send, free - performance.now());
    };
    client.on('data', (data) => later(() => server.write(data)));
    client.on('end', () => later(() => server.end()));
    client.on('close', () => later(() => server.destroy()));
    server.pipe(client);
    server.on('close', () => client.destroySoon());
  }
}
