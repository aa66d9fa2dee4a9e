import type { Actor } from '../auth/actor.ts';
import { assertOwnDevice } from '../auth/own-device.ts';
import type { Kysely } from 'kysely';
import { must } from '../../shared/domain/assert.ts';
import type { PullCursor, PullInput, PullOutput, ScopeAnswer } from '../../shared/sync/protocol.ts';
import type { ServerDatabase } from '../store/server-database.ts';
import { admit, type Asker } from './admission.ts';
import { type ChangePage, readChanges } from './change-page.ts';
import { countChanges } from './count-changes.ts';
import { type KnownPages, knownPagesOf } from './known-pages.ts';
import { resyncReason } from './resync-reason.ts';
import { answerHead, readHeads, type ScopeState } from './scope-state.ts';

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
  const known = knownPagesOf(store);
  // Most pulls find nothing new, or what others have just been given: one statement, which is a snapshot by itself.
  const atHand = await answerAll({ db: store.reader, actor, known, mayRead: false }, input);
  const read = async (db: Kysely<ServerDatabase>): Promise<Answers> =>
    must(await answerAll({ db, actor, known, mayRead: true }, input), 'an answer');
  const { lastNumber, answered } = atHand ?? (await store.reader.transaction().execute(read));
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

interface Answers {
  lastNumber: number;
  answered: readonly Answered[];
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

interface Reading {
  db: Kysely<ServerDatabase>;
  actor: Actor;
  known: KnownPages;
  /** Whether rows may be read: only within a transaction are they of the moment of their scope's version. */
  mayRead: boolean;
}

/** Null if rows have to be read that may not be. */
async function answerAll(
  reading: Reading,
  { deviceId, cursors, maxRows }: PullInput,
): Promise<Answers | null> {
  const { db, actor } = reading;
  const scopes = cursors.map(({ scope }) => scope);
  // Of the same snapshot as the rows: they show what this operation did, and nothing of a later one.
  const { lastNumber, states } = await readHeads(db, actor, { deviceId, scopes });
  const answered: Answered[] = [];
  let rowsLeft = maxRows;
  for (const cursor of cursors) {
    const state = states.get(cursor.scope) ?? null;
    const answer = await answerOne(reading, { cursor, state, rowsLeft });
    if (answer === null) return null;
    answered.push(answer);
    rowsLeft -= answer.rows;
  }
  return { lastNumber, answered };
}

interface Question {
  cursor: PullCursor;
  rowsLeft: number;
}

async function answerOne(
  reading: Reading,
  { cursor, state, rowsLeft }: Question & { state: ScopeState | null },
): Promise<Answered | null> {
  const { scope } = cursor;
  if (state === null) return { answer: { kind: 'unknown', scope }, rows: 0, uncounted: null };
  const head = answerHead(scope, state);
  const reason = resyncReason(cursor, state);
  if (reason !== null)
    return { answer: { ...head, kind: 'resync', reason }, rows: 0, uncounted: null };
  const page = await pageOf(reading, { cursor, state, rowsLeft });
  if (page === null) return null;
  const { entities, more, after } = page;
  // The first page of a delta that goes on: the laptop may choose a snapshot instead.
  const isDelta = cursor.version > 0 && cursor.after === null && after !== null;
  return {
    answer: { ...head, kind: 'page', entities, more, after, following: null },
    rows: page.entries,
    uncounted: isDelta ? state.scopeId : null,
  };
}

async function pageOf(
  { db, known, mayRead }: Reading,
  { cursor, state, rowsLeft }: Question & { state: ScopeState },
): Promise<ChangePage | null> {
  if (cursor.after === null && cursor.version === state.version) {
    return { entities: [], entries: 0, more: false, after: null };
  }
  if (rowsLeft === 0) return { entities: [], entries: 0, more: true, after: cursor.after };
  const same = known.find(cursor, state);
  if (same !== undefined && same.entries <= rowsLeft) return same;
  if (!mayRead) return null;
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
