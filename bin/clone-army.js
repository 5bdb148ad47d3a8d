#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// Without this, tsx would use the tsconfig.json of the working directory.
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });

const { run } = await import('../generator/cli.ts');
const { layoutOf } = await import('../generator/layout.ts');

process.exitCode = await run(process.argv.slice(2), {
  layout: layoutOf(),
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
