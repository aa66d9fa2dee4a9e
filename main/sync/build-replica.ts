import { TallymanError } from '../../shared/errors.ts';
import { sameDigest } from '../../shared/sync/digest.ts';
import type { PullCursor, ScopeAnswer } from '../../shared/sync/protocol.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import type { Replica } from '../store/replica.ts';
import { applyPage } from './apply-page.ts';
import { finishReplica } from './finish-replica.ts';
import { assertNoMassDelete } from './pull-delta.ts';
import { nextPage, pullPages, type ScopePage } from './pull-pages.ts';
import { repairReplica } from './repair-replica.ts';
import type { RunContext } from './run-context.ts';

/** A server whose history changes again and again while we start is not one to copy from. */
const STARTS_MAX = 3;

/**
 * Fills a new file beside the current one, if there is one: a first sync, or a resync after a long absence, damage or a
 * changed history. Pages are committed one by one, so a killed sync goes on where it was. The file is checked against the
 * server's digest and then takes over in one step.
 */
export async function buildReplica(
  context: RunContext,
  scope: Scope,
  siteName: string | null,
): Promise<void> {
  context.report.phase('receiving', siteName);
  for (let start = 0; start < STARTS_MAX; start++) {
    const resumed = context.replicas.get(scope, 'building');
    const cursor = cursorOf(scope, resumed);
    const { serverId, answers } = await pullPages(context, [cursor]);
    const answer = answers[0]!;
    if (answer.kind === 'unknown') throw unknownScope(scope);
    if (answer.kind === 'resync') {
      context.replicas.discard(scope, 'building');
      continue;
    }
    const replica = resumed ?? context.replicas.startBuilding(scope, serverId, answer.epoch);
    if (!(await fill(context, replica, cursor, answer))) continue;
    await complete(context, scope, replica, siteName);
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
async function fill(
  context: RunContext,
  replica: Replica,
  start: PullCursor,
  first: ScopePage,
): Promise<boolean> {
  const cursor: PullCursor = { ...start, startVersion: start.startVersion ?? first.version };
  context.report.rowsExpected(Math.max(0, first.digest.count - replica.state.digest.count));
  let page = first;
  for (;;) {
    const next = page.more ? nextPage(context, cursor, page) : null;
    next?.catch(() => undefined);
    await commitPage(context, replica, cursor, page);
    if (next === null) return true;
    const answer: ScopeAnswer = await next;
    if (answer.kind !== 'page') {
      context.replicas.discard(cursor.scope, 'building');
      return false;
    }
    page = answer;
  }
}

async function commitPage(
  context: RunContext,
  replica: Replica,
  cursor: PullCursor,
  page: ScopePage,
): Promise<void> {
  replica.begin();
  try {
    const applied = await applyPage(replica, page.entities, context.signal);
    replica.commit(
      page.more
        ? { after: page.after, startVersion: cursor.startVersion }
        : { after: null, startVersion: cursor.startVersion, version: page.version },
    );
    context.report.rowsReceived(applied.rows);
  } catch (error) {
    replica.rollback();
    throw error;
  }
  if (!page.more && !sameDigest(replica.state.digest, page.digest)) {
    await repairReplica(context, replica);
  }
}

async function complete(
  context: RunContext,
  scope: Scope,
  replica: Replica,
  siteName: string | null,
): Promise<void> {
  const current = context.replicas.get(scope, 'current');
  if (current) {
    const before = current.state.digest.count;
    assertNoMassDelete(context, before - replica.state.digest.count, before);
  }
  context.report.phase('indexing', siteName);
  await finishReplica(replica, context.signal);
  replica.begin();
  replica.commit({ complete: true, verifiedAt: context.now() });
  replica.checkpoint();
  context.replicas.promote(scope);
  context.report.dataChanged(entitiesOf(scopeKindOf(scope)).map(({ name }) => name));
}

export function unknownScope(scope: Scope): TallymanError {
  return new TallymanError(
    'UNKNOWN_SITE',
    `The server knows no ${scope}. Choose another site in the settings.`,
    { details: { scope } },
  );
}
