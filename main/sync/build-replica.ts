import { TallymanError } from '../../shared/errors.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import {
  isSnapshotCheaper,
  ROWS_PER_SECOND,
  SNAPSHOT_ROWS_MIN,
} from '../../shared/sync/snapshot.ts';
import type { Replica } from '../store/replica.ts';
import type { FollowedScope } from '../store/work-store.ts';
import { fillByPages } from './fill-by-pages.ts';
import { finishInSteps } from './finish-replica-file.ts';
import { cursorOf, followServer } from './follow-server.ts';
import { assertNoMassDelete } from './pull-delta.ts';
import { pullPage } from './pull-pages.ts';
import type { RunContext } from './run-context.ts';
import { buildFromSnapshot } from './snapshot/build-from-snapshot.ts';
import type { SnapshotChoice } from './snapshot/download-snapshot.ts';
import { usableSnapshot } from './snapshot/usable-snapshot.ts';

/** A server whose history changes again and again while we start is not one to copy from. */
const STARTS_MAX = 3;
/** Fewer rows get their indexes in less time than a thread needs to start. */
const FINISHED_HERE_ROWS_MAX = 5_000;

type Named = Pick<FollowedScope, 'scope' | 'name'>;

/**
 * Makes a new file beside the current one, if there is one: a first sync, or a resync after a long absence, damage or a
 * changed history. The file comes as a snapshot if the server has one and it is cheaper than pages of rows; it is checked
 * against the server's digest and then takes over in one step.
 */
export async function buildReplica(context: RunContext, followed: Named): Promise<void> {
  const { replicas, report } = context;
  report.phase('receiving', followed.name);
  const held = replicas.get(followed.scope, 'building');
  // An earlier run got as far as a whole file and no further.
  if (held?.state.complete && (await takeOver(context, followed, held))) return;
  if (await isBuiltFromSnapshot(context, followed, held?.state.digest.count ?? 0)) return;
  await buildByPages(context, followed);
}

async function isBuiltFromSnapshot(
  context: RunContext,
  followed: Named,
  rowsHeld: number,
): Promise<boolean> {
  // What has got some way by pages goes on by pages, or a slow connection would start anew by turns.
  if (rowsHeld >= SNAPSHOT_ROWS_MIN) return false;
  const manifest = await usableSnapshot(context, followed.scope);
  if (manifest === null) return false;
  const instead = { rowsLacking: manifest.digest.count, rowsPerSecond: ROWS_PER_SECOND.filling };
  if (!isSnapshotCheaper(manifest.bytes, instead)) return false;
  return replaceBySnapshot(context, followed, { manifest, instead });
}

/** False if that did not work out; the current file, if there is one, is as it was. */
export async function replaceBySnapshot(
  context: RunContext,
  followed: Named,
  choice: SnapshotChoice,
): Promise<boolean> {
  const replica = await buildFromSnapshot(context, followed, choice);
  return replica !== null && (await takeOver(context, followed, replica));
}

async function buildByPages(context: RunContext, { scope, name }: Named): Promise<void> {
  for (let start = 0; start < STARTS_MAX; start++) {
    const resumed = context.replicas.get(scope, 'building');
    const cursor = pagesCursorOf(scope, resumed);
    const { serverId, answer, contained } = await pullPage(context, cursor);
    if (answer.kind === 'unknown') throw unknownScope(scope);
    if (answer.kind === 'resync') {
      context.replicas.discard(scope, 'building');
      continue;
    }
    const replica = resumed ?? context.replicas.startBuilding(scope, serverId, answer.epoch);
    if (!(await fillByPages(context, replica, { cursor, first: answer, contained }))) continue;
    context.report.phase('indexing', name);
    await finish(context, replica);
    promote(context, replica);
    return;
  }
  throw new TallymanError('SERVER_BUSY', 'The server changes its history again and again.');
}

function pagesCursorOf(scope: Scope, resumed: Replica | null): PullCursor {
  if (!resumed) return { scope, epoch: null, version: 0, after: null, startVersion: null };
  const { epoch, version, after, startVersion } = resumed.state;
  return { scope, epoch, version, after, startVersion };
}

/** A whole file of an earlier moment catches up and takes over. False if it is of another history and was given up. */
async function takeOver(
  context: RunContext,
  { scope, name }: Named,
  replica: Replica,
): Promise<boolean> {
  const { cursor, answer, contained } = await pullPage(context, cursorOf(replica.state));
  if (answer.kind === 'unknown') throw unknownScope(scope);
  if (answer.kind === 'resync') {
    context.replicas.discard(scope, 'building');
    return false;
  }
  // However much the delta deletes, nobody has it yet; `promote` compares with what they have.
  const unguarded = { ...context, accepted: true };
  await followServer(unguarded, { replica, name }, { cursor, first: answer, contained });
  promote(context, replica);
  return true;
}

async function finish(context: RunContext, replica: Replica): Promise<void> {
  const { scope, digest } = replica.state;
  assertMayReplace(context, replica);
  if (digest.count <= FINISHED_HERE_ROWS_MAX) {
    await finishInSteps(replica.database, scope, context.signal);
  } else {
    replica.settle();
    await context.finishReplica(replica.file, scope, context.signal);
  }
  replica.begin();
  replica.commit({ complete: true });
  replica.settle();
}

function promote(context: RunContext, replica: Replica): void {
  const { scope } = replica.state;
  assertMayReplace(context, replica);
  context.replicas.promote(scope);
  context.verified.set(scope, context.now());
  context.report.dataChanged(entitiesOf(scopeKindOf(scope)).map((entity) => entity.name));
}

function assertMayReplace(context: RunContext, { state }: Replica): void {
  const before = context.replicas.rowsHeld(state.scope);
  assertNoMassDelete(context, before - state.digest.count, before);
}

function unknownScope(scope: Scope): TallymanError {
  return new TallymanError(
    'UNKNOWN_SITE',
    `The server knows no ${scope}. Choose another site in the settings.`,
    { details: { scope } },
  );
}
