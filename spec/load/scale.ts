import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { layoutOf } from '../../generator/layout.ts';
import { readTasks } from '../../generator/load/tasks.ts';
import { packPart } from '../../load/analysis/parts.ts';
import { arrivalsOfSynthetic, type SyntheticTest, syntheticParts } from '../../load/testing/synthetic.ts';
import { RESULT_FILES } from '../../model/load/files.ts';
import type { Result } from '../../model/load/result.ts';
import { runProcess } from '../../tasks/testing/bundle.ts';

// Merges, analyses and reports a test on many hosts, with the task in its own process. Must run as root, as tasks do.

/** A day of 200,000 clones: 9.6 million runs. */
const TEST: SyntheticTest = { hosts: 100, clones: 2000, hours: 24 };

/** What it may take. */
const SECONDS_MAX = 60;
const MIB_MAX = 1024;

/** Has a Node process say at its end how much memory it used at most, in KiB. */
const MEASURE =
  "process.on('exit', () => require('fs').writeSync(2, String(process.resourceUsage().maxRSS)))";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'load-scale-'));
try {
  process.stdout.write(
    `Parts of ${TEST.hosts} hosts, ${arrivalsOfSynthetic(TEST).toLocaleString('en')} runs ...\n`,
  );
  const parts = writeParts(path.join(folder, 'parts'));
  const { seconds, mebibytes } = await report(parts);
  const { total, hosts }: Result = JSON.parse(fs.readFileSync(path.join(parts, RESULT_FILES.result), 'utf8'));
  const size = fs.statSync(path.join(parts, RESULT_FILES.report)).size / 1e6;
  const took = `${seconds.toFixed(1)} s and ${mebibytes.toFixed(0)} MiB`;
  process.stdout.write(
    `${hosts.length} hosts, ${total.arrivals} runs: ${took}; the report has ${size.toFixed(1)} MB\n`,
  );
  const isWhole = total.arrivals === arrivalsOfSynthetic(TEST) && total.good === total.arrivals;
  process.exitCode = isWhole && seconds <= SECONDS_MAX && mebibytes <= MIB_MAX ? 0 : 1;
} finally {
  fs.rmSync(folder, { recursive: true });
}

function writeParts(parts: string): string {
  for (const part of syntheticParts(TEST)) {
    const ofHost = path.join(parts, String(part.host));
    fs.mkdirSync(ofHost, { recursive: true });
    fs.writeFileSync(path.join(ofHost, 'reduced.json.gz'), packPart(part));
  }
  return parts;
}

/** Runs the task, alone in its folder as Bolt runs it. */
async function report(parts: string): Promise<{ seconds: number; mebibytes: number }> {
  const tasks = await readTasks(layoutOf());
  const task = path.join(folder, 'load_report.js');
  const measure = path.join(folder, 'measure.js');
  fs.writeFileSync(task, tasks.find(({ name }) => name === 'load_report')?.bundle ?? '');
  fs.writeFileSync(measure, MEASURE);
  const begin = performance.now();
  const { code, stdout, stderr } = await runProcess(
    process.execPath,
    ['--require', measure, task],
    JSON.stringify({ folder: parts }),
  );
  if (code !== 0) throw new Error(`The task failed: ${stdout}`);
  return { seconds: (performance.now() - begin) / 1000, mebibytes: Number(stderr) / 1024 };
}
