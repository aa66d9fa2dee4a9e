import { Command } from 'commander';
import { runCommand, tell, wholeNumber } from '../bench-command.ts';
import { simulationReport } from './simulation-report.ts';
import { runSimulation, type SimulationOptions } from './run-simulation.ts';

interface Flags extends SimulationOptions {
  json?: boolean;
}

const program = new Command('simulate')
  .description('A day of many laptops against the real server code, in virtual time.')
  .option('--laptops <number>', 'how many', wholeNumber, 10_000)
  .option('--laptops-per-site <number>', 'that follow the same stock', wholeNumber, 50)
  .option('--products <number>', 'in the catalogue', wholeNumber, 20_000)
  .option('--work-minutes <number>', 'of steady work, beside the storms', wholeNumber, 10)
  .option('--seed <number>', 'of everything that is left to chance', wholeNumber, 1)
  .option('--database <url>', 'postgres://… of an empty database, instead of SQLite')
  .option('--json', 'print one line of JSON per phase')
  .showHelpAfterError('(--help lists the options)')
  .action(async (flags: Flags) => {
    const { json = false, ...options } = flags;
    const startedAt = performance.now();
    const result = await runSimulation(options, (phase) => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
      tell(`${phase} (after ${seconds} s)`);
    });
    process.stdout.write(simulationReport(options, result, json));
  });

await runCommand(program);
