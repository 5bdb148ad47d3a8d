import { bundleExec } from '../lab/gems.ts';
import { MODULE } from '../lab/paths.ts';

// rspec on single files of the generated module, or on all of them.
const { exitCode } = await bundleExec(['rspec', ...process.argv.slice(2)], {
  cwd: MODULE,
  stdio: 'inherit',
  reject: false,
});
process.exitCode = exitCode ?? 1;
