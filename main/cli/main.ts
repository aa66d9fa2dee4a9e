import { Command, CommanderError } from 'commander';
import { toWireError } from '../../shared/errors.ts';
import { addReadCommands } from './read-commands.ts';
import { addRecordCommands } from './record-commands.ts';
import { addSessionCommands } from './session-commands.ts';
import { addStockCommands } from './stock-commands.ts';
import { addSyncCommand } from './sync-command.ts';
import { addWorkCommands } from './work-commands.ts';

/** Headless commands, for support and scripts. Their output with `--json` is a public interface. */
const program = new Command('headless')
  .description('Tallyman without a window: sync a data folder, look into it, and work in it.')
  .showHelpAfterError('(add --help for the options)')
  .allowExcessArguments(false)
  // Commands take this over when they are added.
  .exitOverride();

addSessionCommands(program);
addSyncCommand(program);
addReadCommands(program);
addStockCommands(program);
addRecordCommands(program);
addWorkCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has said on stderr what is wrong with the command line, or on stdout what was asked with --help.
    if (error.exitCode !== 0) fail('BAD_INPUT', error.message.replace(/^error: /, ''));
  } else {
    const { code, message } = toWireError(error);
    // One sentence and no stack: whoever runs this from a script cannot act on a stack.
    process.stderr.write(`${message}\n`);
    fail(code, message);
  }
}

function fail(code: string, message: string): void {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  }
  process.exitCode = 1;
}
