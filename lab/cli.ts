import { Command } from 'commander';
import { execa } from 'execa';
import { bolt } from './bolt.ts';
import { Lab } from './lab.ts';
import { osRelease } from './machine.ts';
import { explain } from './problem.ts';
import type { Release } from './release.ts';
import { fleetSteps, prepareSteps, printStatus, runSteps, serverStep, upSteps } from './run.ts';
import { whole } from './whole.ts';

const NEXT = `
Try next:
  bin/lab bolt task run clone_army::status                    the fleet, again
  bin/lab bolt task run clone_army::stop clones=clone1-clone3 stop some of it; clone_army::start brings them back
  bin/lab shell                                               a shell on the host: machinectl list, machinectl shell clone1
  bin/lab down                                                stop the lab; bin/lab brings it back, bin/lab destroy removes it
`;

/** Debian 13 on a Debian machine; on Ubuntu the machine's own release; another if asked for. */
async function releaseOf(suite?: string): Promise<Release> {
  const { id, codename } = await osRelease();
  return id === 'ubuntu'
    ? { os: 'Ubuntu', suite: suite ?? codename }
    : { os: 'Debian', suite: suite ?? 'trixie' };
}

const program = new Command('lab')
  .description(
    'A clone host, a real Puppet server and a fleet of clones on this machine.\nWithout a command: all of the main job.',
  )
  .option(
    '--release <codename>',
    'system of the host, such as bookworm; only for a host that is yet to be made',
  )
  .option('--name <name>', 'name of the lab', 'lab')
  .option('--clones <n>', 'size of the fleet', whole(1), 5)
  .enablePositionalOptions()
  .showSuggestionAfterError();

const options = () => program.opts<{ release?: string; name: string; clones: number }>();
const lab = () => new Lab(options().name);
const host = () => lab().host;
const server = async () => lab().server(await releaseOf(options().release));
const prepare = async () => [...prepareSteps(), ...upSteps(lab(), await releaseOf(options().release))];

program.action(async () => {
  await runSteps([...(await prepare()), ...fleetSteps(host(), await server(), options().clones)]);
  await printStatus(host());
  console.log(NEXT);
});

program
  .command('up')
  .description('bring the host and its server up')
  .action(async () => {
    await runSteps([...(await prepare()), serverStep()]);
  });

program
  .command('shell')
  .description('a shell on the host, or one command')
  .argument('[command...]')
  .option('--server', 'on the host that the server runs on, where that is another one')
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (words: string[], { server: onServer }: { server?: boolean }) => {
    const terminal = words.length === 0 ? ['-t'] : [];
    const args = await (onServer ? await server() : host()).sshArguments();
    const { exitCode } = await execa('ssh', [...terminal, ...args, ...words], {
      stdio: 'inherit',
      reject: false,
    });
    process.exitCode = exitCode ?? 1;
  });

program
  .command('bolt')
  .description('Bolt, with the host as its target')
  .argument('<words...>')
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption(false)
  .action(async (words: string[]) => {
    const { exitCode } = await bolt(host(), words, { stdio: 'inherit', reject: false });
    process.exitCode = exitCode ?? 1;
  });

program
  .command('status')
  .description('whether the lab is up, and its fleet')
  .action(async () => {
    const state = await host().state();
    if (!state) {
      console.log(`The lab "${options().name}" is ${(await host().exists()) ? 'down' : 'not made yet'}.`);
      process.exitCode = 3;
      return;
    }
    console.log(`The lab "${options().name}" is up: ssh on 127.0.0.1:${state.port}, process ${state.pid}.`);
    await printStatus(host());
  });

program
  .command('down')
  .description('stop the host; all that it holds stays')
  .action(async () => {
    const { wasUp, sysctls } = await lab().down();
    console.log(wasUp ? 'The host is down.' : 'The host was not up.');
    if (sysctls.length > 0) console.log(`Kernel settings put back: ${sysctls.join(', ')}`);
  });

program
  .command('destroy')
  .description('stop the host and remove it; its image stays for the next one')
  .action(async () => {
    await lab().destroy();
    console.log('The host is gone.');
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(`\nlab: ${explain(error)}`);
  process.exitCode = 1;
}
