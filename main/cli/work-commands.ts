import { Argument, type Command } from 'commander';
import type { SyncLogEntry } from '../../shared/desktop/sync-state.ts';
import { syncLogInput } from '../../shared/desktop/sync-state.ts';
import {
  type ConflictView,
  type OperationView,
  pendingInput,
  resolveInput,
} from '../../shared/desktop/work-views.ts';
import { TallymanError } from '../../shared/errors.ts';
import {
  folderCommand,
  type FolderOptions,
  present,
  withApp,
  withFolder,
} from './folder-command.ts';

/** Items listed; the count tells of all. */
const ITEMS_MAX = 500;

/** What people did on this laptop and where it stands. All but `resolve` only look, so they work beside a running app. */
export function addWorkCommands(program: Command): void {
  folderCommand(
    program,
    'pending',
    'Work that is not settled: waiting to be sent, or refused.',
  ).action(listPending);
  folderCommand(program, 'conflicts', 'What a person has to decide about.').action(listConflicts);
  folderCommand(
    program,
    'log',
    'Runs of the sync and what happened to this folder, newest first.',
  ).action(listLog);
  folderCommand(program, 'resolve', 'Decide about a conflict.')
    .argument('<id>', 'as `conflicts` lists it')
    .addArgument(new Argument('<choice>', 'what stays').choices(['mine', 'theirs']))
    .action(resolve);
}

async function listPending(options: FolderOptions): Promise<void> {
  await withFolder(options.data, ({ work }) => {
    const input = pendingInput.parse({ limit: ITEMS_MAX, show: 'open' });
    const { waiting, attention, items } = work.pending(input);
    const value = { count: waiting + attention, items: items.map(pendingItem) };
    present(options, value, [
      ...items.map((item) =>
        [timeText(item.at), item.state, item.kind, item.entity, item.title ?? item.rowId].join(
          '\t',
        ),
      ),
      `${waiting} waiting, ${attention} refused`,
    ]);
  });
}

function pendingItem(item: OperationView) {
  const { operationId, entity, kind, rowId, state, at, sent, attempts, reason, fields } = item;
  return { operationId, entity, kind, rowId, state, at, sent, attempts, reason, fields };
}

async function listConflicts(options: FolderOptions): Promise<void> {
  await withFolder(options.data, ({ work }) => {
    const items = work.conflicts();
    const lines = items.map(conflictLine);
    present(options, { count: items.length, items }, [...lines, `${items.length} to decide about`]);
  });
}

function conflictLine(conflict: ConflictView): string {
  const { id, entity, title, rowId, field, base, mine, theirs } = conflict;
  const values = [base, mine, theirs].map((value) => JSON.stringify(value));
  return [id, entity, title ?? rowId, field ?? conflict.kind, ...values].join('\t');
}

async function listLog(options: FolderOptions): Promise<void> {
  await withFolder(options.data, ({ work }) => {
    const items = work.log(syncLogInput.parse({ limit: ITEMS_MAX }));
    present(options, { count: items.length, items }, items.map(logLine));
  });
}

function logLine(entry: SyncLogEntry): string {
  if (entry.kind === 'note') return `${timeText(entry.at)}\t${JSON.stringify(entry.note)}`;
  const { unit, reason, outcome, rowsReceived, rowsSent, error } = entry.result;
  const facts = [unit, reason, outcome, `${rowsSent} sent`, `${rowsReceived} received`];
  return [timeText(entry.at), ...facts, error?.message ?? ''].join('\t').trimEnd();
}

async function resolve(id: string, choice: string, options: FolderOptions): Promise<void> {
  const parsed = resolveInput.safeParse({ resolutions: [{ conflictId: id, choice }] });
  if (!parsed.success) {
    throw new TallymanError(
      'BAD_INPUT',
      `${id} is not the id of a conflict. \`conflicts\` lists them.`,
    );
  }
  const { conflicts } = await withApp(options.data, async (app) => {
    await app.work.resolve(parsed.data.resolutions);
    return app.sync.status();
  });
  present(options, { resolved: id, conflicts }, [`Decided. ${conflicts} more to decide about.`]);
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
