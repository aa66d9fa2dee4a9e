import { TallymanError } from '../../shared/errors.ts';
import { sameDigest } from '../../shared/sync/digest.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import type { Replica } from '../store/replica.ts';
import type { FollowedScope } from '../store/work-store.ts';
import { applyPage } from './apply-page.ts';
import { finishInSteps } from './finish-replica-file.ts';
import { assertNoMassDelete } from './pull-delta.ts';
import { type FirstPage, nextPage, pullPage } from './pull-pages.ts';
import { repairReplica } from './repair-replica.ts';
import type { RunContext } from './run-context.ts';

/** A server whose history changes again and again while we start is not one to copy from. */
const STARTS_MAX = 3;
/** Fewer rows get their indexes in less time than a thread needs to start. */
const FINISHED_HERE_ROWS_MAX = 5_000;

/**
 * Fills a new file beside the current one, if there is one: a first sync, or a resync after a long absence, damage or a
 * changed history. Pages are committed one by one, so a killed sync goes on where it was. The file is checked against the
 * server's digest and then takes over in one step.
 */
export async function buildReplica(
  context: RunContext,
  { scope, name }: Pick<FollowedScope, 'scope' | 'name'>,
): Promise<void> {
  context.report.phase('receiving', name);
  for (let start = 0; start < STARTS_MAX; start++) {
    const resumed = context.replicas.get(scope, 'building');
    const cursor = cursorOf(scope, resumed);
    const { serverId, answer, contained } = await pullPage(context, cursor);
    if (answer.kind === 'unknown') throw unknownScope(scope);
    if (answer.kind === 'resync') {
      context.replicas.discard(scope, 'building');
      continue;
    }
    const replica = resumed ?? context.replicas.startBuilding(scope, serverId, answer.epoch);
    if (!(await fill(context, replica, { cursor, first: answer, contained }))) continue;
    context.report.phase('indexing', name);
    await takeOver(context, replica);
    return;
  }
  throw new TallymanError('SERVER_BUSY', 'The server changes its history again and again.');
}

function cursorOf(scope: Scope, resumed: Replica | null): PullCursor {
  if (!resumed) return { scope, epoch: null, version: 0, after: null, startVersion: null };
  const { epoch, version, after, startVersion } = resumed.state;
  return { scope, epoch, version, after, startVersion };
}

/** Returns false if the server's history changed on the way and the file was given up. */
async function fill(context: RunContext, replica: Replica, start: FirstPage): Promise<boolean> {
  const startVersion = start.cursor.startVersion ?? start.first.version;
  const cursor: PullCursor = { ...start.cursor, startVersion };
  const expected = start.first.digest.count - replica.state.digest.count;
  context.report.rowsExpected(Math.max(0, expected));
  let page = start.first;
  let { contained } = start;
  for (;;) {
    // The next page is on its way while this one is written; never more than two are held.
    const next = page.more ? nextPage(context, cursor, page) : null;
    next?.catch(() => undefined);
    await commitPage(context, replica, { cursor, first: page, contained });
    if (next === null) break;
    const { answer, contained: ofAnswer } = await next;
    if (answer.kind !== 'page') {
      context.replicas.discard(cursor.scope, 'building');
      return false;
    }
    page = answer;
    contained = ofAnswer;
  }
  if (!sameDigest(replica.state.digest, page.digest)) await repairReplica(context, replica);
  return true;
}

async function commitPage(
  context: RunContext,
  replica: Replica,
  { cursor, first: page, contained }: FirstPage,
): Promise<void> {
  const { startVersion } = cursor;
  replica.begin();
  try {
    const applied = await applyPage(replica, page.entities, context.signal);
    replica.commit(
      page.more
        ? { after: page.after, startVersion }
        : { after: null, startVersion, version: page.version, contained },
    );
    context.report.rowsReceived(applied.rows);
  } catch (error) {
    replica.rollback();
    throw error;
  }
}

async function takeOver(context: RunContext, replica: Replica): Promise<void> {
  const { scope, digest } = replica.state;
  const before = context.replicas.rowsHeld(scope);
  assertNoMassDelete(context, before - digest.count, before);
  if (digest.count <= FINISHED_HERE_ROWS_MAX) {
    await finishInSteps(replica.database, scope, context.signal);
  } else {
    replica.settle();
    await context.finishReplica(replica.file, scope, context.signal);
  }
  replica.begin();
  replica.commit({ complete: true });
  replica.settle();
  context.replicas.promote(scope);
  context.verified.set(scope, context.now());
  context.report.dataChanged(entitiesOf(scopeKindOf(scope)).map((entity) => entity.name));
}

function unknownScope(scope: Scope): TallymanError {
  return new TallymanError(
    'UNKNOWN_SITE',
    `The server knows no ${scope}. Choose another site in the settings.`,
    { details: { scope } },
  );
}
