import * as fs from 'node:fs';
import { prepareBelow } from './prepare.ts';
import { type FakeState, FakeSystemd } from './systemd.ts';

/** A fake systemctl command. The state of its {@link FakeSystemd} is in a JSON file next to the command. */
const file = `${process.argv[1]}.json`;
const state = JSON.parse(fs.readFileSync(file, 'utf8')) as FakeState;
const systemd = new FakeSystemd(state, prepareBelow('', state.names));
const { code, stdout, stderr } = systemd.systemctl(process.argv.slice(2));
fs.writeFileSync(file, JSON.stringify(systemd.state));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
