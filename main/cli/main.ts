import { Command } from 'commander';
import { toWireError } from '../../shared/errors.ts';
import { addReadCommands } from './read-commands.ts';
import { addSyncCommand } from './sync-command.ts';

/** Headless commands, for support and scripts. Their output with `--json` is a public interface. */
const program = new Command('headless')
  .description('Tallyman without a window: sync a data folder, and look into it.')
  .showHelpAfterError('(add --help for the options)')
  .allowExcessArguments(false);

addSyncCommand(program);
addReadCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  // One sentence and no stack: whoever runs this from a script cannot act on a stack.
  process.stderr.write(`${toWireError(error).message}\n`);
  process.exitCode = 1;
}
