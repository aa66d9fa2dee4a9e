import { Command, Option } from 'commander';
import { destination } from 'pino';
import { TallymanError } from '../../shared/errors.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { runImportCommand } from '../import/import-command.ts';
import { IMPORT_KINDS, type ImportKind } from '../import/import-kind.ts';
import { runSnapshotCommand } from '../snapshot/snapshot-command.ts';
import { addDeviceCommands } from './device-commands.ts';
import { type OperatingFlags, readOperatingConfig } from '../operations/operating-config.ts';
import { addOperatingCommands } from './operating-commands.ts';
import { addOrganisationCommands } from './organisation-commands.ts';
import { addUserCommands } from './user-commands.ts';
import { addOperatingOptions, addSnapshotStoreOption } from './operating-options.ts';
import { commandLocation, type LocationFlags } from './command-location.ts';
import { located } from './located-command.ts';
import { serve } from './serve.ts';

interface ServeFlags extends OperatingFlags {
  data?: string;
  port?: string;
  host?: string;
  tlsCert?: string;
  tlsKey?: string;
  behindProxy?: boolean;
  trustedProxy?: string[];
  publicHost?: string[];
  name?: string;
  logLevel?: string;
  snapshots: boolean;
}

interface ImportFlags extends LocationFlags {
  kind: ImportKind;
  currency?: string;
  dryRun?: boolean;
}

const program = new Command('server')
  .description('The Tallyman server. Options may also come from the environment, as TALLYMAN_….')
  .showHelpAfterError('(--help lists the options)');

addOperatingOptions(program.command('serve'))
  .description('serve the data folder to laptops, until SIGTERM or Ctrl+C')
  .option('--data <folder>', 'the data folder; made if its parent exists (TALLYMAN_DATA)')
  .option(
    '--database <url>',
    'postgres://…; rows are there, and --data holds photos and snapshots (TALLYMAN_DATABASE)',
  )
  .option('--port <number>', '0 for any free port (TALLYMAN_PORT)')
  .option(
    '--host <address>',
    'where to listen; 127.0.0.1 if not given. Beyond this machine it needs people, TLS or a proxy, and --public-host (TALLYMAN_HOST)',
  )
  .option('--public-host <names...>', 'names that laptops use (TALLYMAN_PUBLIC_HOST)')
  .option('--tls-cert <file>', 'PEM; taken up anew when it changes (TALLYMAN_TLS_CERT)')
  .option('--tls-key <file>', 'PEM, of the same pair (TALLYMAN_TLS_KEY)')
  .option('--behind-proxy', 'a reverse proxy does TLS (TALLYMAN_BEHIND_PROXY=on)')
  .option(
    '--trusted-proxy <addresses...>',
    'addresses or ranges of the proxy, whose X-Forwarded-… are believed; this machine if not given (TALLYMAN_TRUSTED_PROXY)',
  )
  .option('--name <text>', 'the name that people see (TALLYMAN_NAME)')
  .option('--log-level <level>', 'how much is logged to stderr (TALLYMAN_LOG_LEVEL)')
  .option('--no-snapshots', 'build and offer no snapshots (TALLYMAN_SNAPSHOTS=off)')
  .action(async (flags: ServeFlags) => {
    const config = {
      ...readConfig(flags, process.env),
      ...readOperatingConfig(flags, process.env),
    };
    const logger = createLogger(config.logLevel, destination({ dest: 2, sync: true }));
    await serve(config, { logger, stdout: process.stdout });
  });

located(program.command('import'))
  .description('import CSV, TSV or JSON Lines, plain or .gz or .zst')
  .argument('<file>')
  .addOption(
    new Option('--kind <kind>', 'what the lines are').choices(IMPORT_KINDS).default('products'),
  )
  .addOption(new Option('--currency <code>', 'of prices without one of their own'))
  .option(
    '--dry-run',
    'check everything, list every problem, write nothing; exits 2 if there are any',
  )
  .action(async (file: string, flags: ImportFlags) => {
    process.exitCode = await runImportCommand({ file, ...flags, ...placeOf(flags) });
  });

addSnapshotStoreOption(located(program.command('snapshot')))
  .description(
    'build a snapshot of a scope now, beside a server or without one, and say what it is',
  )
  .option('--scope <scope>', 'catalogue, or site:<id>', CATALOGUE_SCOPE)
  .action(async (flags: LocationFlags & OperatingFlags & { scope: string }) => {
    const { snapshotStore } = readOperatingConfig(flags, process.env);
    const options = { ...flags, ...placeOf(flags), snapshotStore };
    await runSnapshotCommand(options, { stdout: process.stdout });
  });

function placeOf(flags: LocationFlags): { data: string; database: string | undefined } {
  const { dataDir, database } = commandLocation(flags, process.env);
  return { data: dataDir, database };
}

addUserCommands(program);
addDeviceCommands(program);
addOrganisationCommands(program);
addOperatingCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  // A person reads one sentence. The stack of an expected failure would tell them nothing.
  const sentence =
    error instanceof TallymanError
      ? error.message
      : `This failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
