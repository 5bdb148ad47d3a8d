import fs from 'fs-extra';
import type { Host } from '../host/host.ts';

/**
 * Configures a server to start quickly from its next start on. A server that lives for minutes spends half of its start in
 * the JVM's optimizing compiler.
 */
export async function useFirstCompilerOnly(server: Host): Promise<void> {
  const file = server.file('etc/default/puppetserver');
  const text = await fs.readFile(file, 'utf8');
  await fs.writeFile(file, text.replace('JAVA_ARGS="', 'JAVA_ARGS="-XX:TieredStopAtLevel=1 '));
}
