import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import fs from 'fs-extra';
import { boltOn } from '../bolt.ts';
import type { Lab } from '../lab.ts';
import { REPO } from '../paths.ts';
import { selectionOf } from './selection.ts';

export const loadCommand = new Command('load')
  .description("run a load test with the clones of all hosts; the plan's parameters may follow")
  .argument('[profile]', "a YAML file, or the name of one of the module's profiles", 'steady')
  .argument('[parameters...]', 'such as live=true')
  .action(async (profile: string, parameters: string[], _, command: Command) => {
    const { lab } = await selectionOf(command);
    await runPlan(lab, 'load_test', [`profile=${profile}`, ...parameters]);
  });

export const capacityCommand = new Command('capacity')
  .description("find the highest load that the server takes; the plan's parameters may follow")
  .argument('[parameters...]', 'such as run_interval=1800')
  .action(async (parameters: string[], _, command: Command) => {
    const { lab } = await selectionOf(command);
    await runPlan(lab, 'capacity', parameters);
  });

/** Runs a plan on all clone hosts, says where its reports are, and exits as the plan does. */
async function runPlan(lab: Lab, plan: string, parameters: readonly string[]): Promise<void> {
  const folder = path.join(
    REPO,
    'build/load',
    `${plan}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`,
  );
  const words = ['plan', 'run', `clone_army::${plan}`, `folder=${folder}`, ...parameters];
  const { exitCode } = await boltOn(lab.cloneHosts, words, { stdio: 'inherit', reject: false });
  for (const report of await reportsIn(folder)) console.log(`Report: ${report}`);
  process.exitCode = exitCode ?? 1;
}

/** Reports of a load test, or of the steps of a search. */
async function reportsIn(folder: string): Promise<string[]> {
  if (!(await fs.pathExists(folder))) return [];
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => path.basename(file) === 'report.html')
    .map((file) => path.join(folder, file))
    .sort();
}
