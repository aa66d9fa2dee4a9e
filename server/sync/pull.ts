import type { Actor } from '../auth/actor.ts';
import { assertOwnDevice } from '../auth/own-device.ts';
import type { Transaction } from 'kysely';
import type { PullCursor, PullInput, PullOutput, ScopeAnswer } from '../../shared/sync/protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { admit, type Asker } from './admission.ts';
import { type ChangePage, readChanges } from './change-page.ts';
import { countChanges } from './count-changes.ts';
import { lastNumberOf } from './push/device-record.ts';
import { type KnownPages, knownPagesOf } from './known-pages.ts';
import { resyncReason } from './resync-reason.ts';
import { readVisibleStates, type ScopeState } from './scope-state.ts';

/** Far more than a laptop needs to know that a snapshot is cheaper. */
const FOLLOWING_COUNTED_MAX = 1_000_000;

/**
 * The next page of changes of each scope. All scopes are read from one snapshot; `maxRows` is shared by them in the
 * order given.
 *
 * Pages follow the change index, which has one entry per row at the row's newest version. A row that changes while a
 * laptop walks has its entry moved to the end, in front of the laptop. So no entry is ever missed, and a laptop that
 * walks on until `more` is false, whatever the pages' different snapshots, then holds exactly `version`: each of its rows
 * is as the last snapshot shows it, because whatever changed since its page was read came again later.
 */
export async function pull({ store, actor }: Asker, input: PullInput): Promise<PullOutput> {
  admit(store, input);
  assertOwnDevice(actor, input.deviceId);
  const { lastNumber, answered } = await store.reader.transaction().execute(async (db) => ({
    // Of the same snapshot as the rows: they show what this operation did, and nothing of a later one.
    lastNumber: await lastNumberOf(db, input.deviceId),
    answered: await answerAll({ db, actor, known: knownPagesOf(store) }, input),
  }));
  const scopes: ScopeAnswer[] = [];
  for (const { answer, uncounted } of answered) {
    scopes.push(uncounted === null ? answer : await withFollowing(store, answer, uncounted));
  }
  return { serverId: store.serverId, lastNumber, scopes };
}

interface Answered {
  answer: ScopeAnswer;
  rows: number;
  /** The scope's number, if the laptop is to be told how much follows. */
  uncounted: number | null;
}

/** Counted when the snapshot has been let go: it is but a guess, and others need not wait for it. */
async function withFollowing(
  store: Asker['store'],
  answer: ScopeAnswer,
  scopeId: number,
): Promise<ScopeAnswer> {
  if (answer.kind !== 'page' || answer.after === null) return answer;
  const request = { scopeId, from: answer.after, max: FOLLOWING_COUNTED_MAX };
  return { ...answer, following: await countChanges(store.reader, request) };
}

/** One snapshot, who reads it, and pages that need not be read again. */
interface Reading {
  db: Transaction<ServerDatabase>;
  actor: Actor;
  known: KnownPages;
}

async function answerAll(reading: Reading, { cursors, maxRows }: PullInput): Promise<Answered[]> {
  const answers: Answered[] = [];
  const states = await readVisibleStates(
    reading.db,
    reading.actor,
    cursors.map(({ scope }) => scope),
  );
  let rowsLeft = maxRows;
  for (const cursor of cursors) {
    const state = states.get(cursor.scope) ?? null;
    const answered = await answerOne(reading, { cursor, state, rowsLeft });
    answers.push(answered);
    rowsLeft -= answered.rows;
  }
  return answers;
}

interface Question {
  cursor: PullCursor;
  rowsLeft: number;
}

async function answerOne(
  reading: Reading,
  { cursor, state, rowsLeft }: Question & { state: ScopeState | null },
): Promise<Answered> {
  const { scope } = cursor;
  if (state === null) return { answer: { kind: 'unknown', scope }, rows: 0, uncounted: null };
  const head = {
    scope,
    epoch: state.epoch,
    version: state.version,
    digest: { count: state.rowCount, sum: state.rowSum },
  };
  const reason = resyncReason(cursor, state);
  if (reason !== null)
    return { answer: { ...head, kind: 'resync', reason }, rows: 0, uncounted: null };
  const page = await pageOf(reading, { cursor, state, rowsLeft });
  const { entities, more, after } = page;
  // The first page of a delta that goes on: the laptop may choose a snapshot instead.
  const isDelta = cursor.version > 0 && cursor.after === null && after !== null;
  return {
    answer: { ...head, kind: 'page', entities, more, after, following: null },
    rows: page.entries,
    uncounted: isDelta ? state.scopeId : null,
  };
}

/** Most pulls find nothing new, and most scopes of the others; they cost the look-up of the scope alone. */
async function pageOf(
  { db, known }: Reading,
  { cursor, state, rowsLeft }: Question & { state: ScopeState },
): Promise<ChangePage> {
  if (cursor.after === null && cursor.version === state.version) {
    return { entities: [], entries: 0, more: false, after: null };
  }
  if (rowsLeft === 0) return { entities: [], entries: 0, more: true, after: cursor.after };
  const same = known.find(cursor, state);
  if (same !== undefined && same.entries <= rowsLeft) return same;
  const page = await readChanges(db, {
    scopeId: state.scopeId,
    from: cursor.after ?? cursor.version,
    // A laptop that started empty never had the rows of older tombstones.
    tombstonesAfter: cursor.version === 0 ? (cursor.startVersion ?? state.version) : 0,
    maxRows: rowsLeft,
  });
  known.keep(cursor, state, page);
  return page;
}
