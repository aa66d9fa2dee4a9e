import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { TallymanError } from '../../shared/errors.ts';
import { restoreBackup } from '../operations/backup/restore-backup.ts';
import { writeBackup } from '../operations/backup/write-backup.ts';
import { compactStore } from '../operations/compact/compact-store.ts';
import { COMPACT_LOCK, TOMBSTONE_DAYS } from '../operations/compact/retention.ts';
import { storageHints } from '../operations/compact/storage-hints.ts';
import { openStore } from '../store/open-store.ts';
import { takeNamedLock } from '../store/take-named-lock.ts';
import { commandLocation, type LocationFlags, requireStore } from './command-location.ts';
import { locatedInOrganisation } from './located-command.ts';

/** Backup, restore, compact and migrate. Each prints what it did as one line of JSON. */
export function addOperatingCommands(program: Command): void {
  locatedInOrganisation(program.command('backup'))
    .description(
      'write all of an organisation into one file, beside a running server or without one',
    )
    .argument('<file>', 'must not be there yet')
    .option('--photos', 'take the photos along; else they are only listed')
    .action(async (file: string, flags: LocationFlags & { photos?: boolean }) => {
      const location = commandLocation(flags, process.env);
      requireStore(location);
      const photos = flags.photos === true;
      tell({ file, ...(await writeBackup({ location, file, photos, now: Date.now })) });
    });
  locatedInOrganisation(program.command('restore'))
    .description('check a backup and put it in place; laptops then send again what it lacks')
    .argument('<file>')
    .option('--replace', 'keep the store that is there under another name')
    .action(async (file: string, flags: LocationFlags & { replace?: boolean }) => {
      const location = commandLocation(flags, process.env);
      const replace = flags.replace === true;
      const options = { location, file, replace, now: Date.now, makeEpoch: randomUUID };
      const { manifest, replaced } = await restoreBackup(options);
      tell({ file, replaced, ...manifest });
    });
  locatedInOrganisation(program.command('compact'))
    .description('forget what nobody needs any more; a running server does so by itself once a day')
    .option(
      '--older-than <days>',
      'of what was deleted; laptops that were away for longer start their copy anew',
      days,
      TOMBSTONE_DAYS,
    )
    .action(async (flags: LocationFlags & { olderThan: number }) => compact(flags));
  locatedInOrganisation(program.command('migrate'))
    .description('bring the database up to date, before its servers are; serving does so too')
    .action(migrate);
}

/** Opening a store brings it up to date; that of a server that is new is made. */
async function migrate(flags: LocationFlags): Promise<void> {
  const store = await openStore(commandLocation(flags, process.env));
  try {
    const newest = await store.reader
      .selectFrom('migration')
      .select('name')
      .orderBy('name', 'desc')
      .executeTakeFirst();
    tell({ serverId: store.serverId, migration: newest?.name ?? null });
  } finally {
    await store.close();
  }
}

async function compact(flags: LocationFlags & { olderThan: number }): Promise<void> {
  const location = commandLocation(flags, process.env);
  requireStore(location);
  const lock = await takeNamedLock(location, COMPACT_LOCK);
  if (lock === null) {
    throw new TallymanError('SERVER_BUSY', 'Another process cleans this store up already.');
  }
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new TallymanError('CANCELLED', 'Stopped half way.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const store = await openStore(location);
  try {
    const { signal } = stopping;
    const options = { now: Date.now(), olderThanDays: flags.olderThan, signal };
    const compacted = await compactStore(store, options);
    tell({ ...compacted, ...(await storageHints(store)) });
  } finally {
    await store.close();
    await lock.release();
  }
}

function days(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text)) return value;
  throw new InvalidArgumentError('A number of days, such as 90.');
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
