import { must, unreachable } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { ScopeAnswer } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteIdOf, siteScope } from '../../shared/sync/scope.ts';
import {
  isSnapshotCheaper,
  ROWS_PER_SECOND,
  SNAPSHOT_ROWS_MIN,
} from '../../shared/sync/snapshot.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';
import type { Replica } from '../store/replica.ts';
import { translatedError } from '../store/sqlite.ts';
import type { FollowedScope } from '../store/work-store.ts';
import { buildReplica, replaceBySnapshot } from './build-replica.ts';
import { type CompleteScope, cursorOf, followServer } from './follow-server.ts';
import { assertNoMassDelete } from './pull-delta.ts';
import { type FirstPage, pullPages, type ScopePage } from './pull-pages.ts';
import { leaveScopes } from './leave-scopes.ts';
import { OperationsLost } from './operations-lost.ts';
import { isServersFault, pushAroundFailure } from './push-around-failure.ts';
import { pushOperations, sendLostAgain } from './push-operations.ts';
import type { RunContext } from './run-context.ts';
import { hasRoomFor } from './snapshot/build-from-snapshot.ts';
import { usableSnapshot } from './snapshot/usable-snapshot.ts';

/**
 * The body of a run, named after the action of the OutSystems model that a developer composes. Sends what people did, then
 * brings the unit's scopes to one moment of the server:
 *
 *   send what waits → file the answers; a failure here does not keep the news away
 *   ask for all complete scopes in one request ─┬─ page(s)  → one transaction per scope → digest compared → repaired
 *                                               └─ resync   → filled anew beside the old file
 *   then fill the scopes that are not here yet (the catalogue first, since it says which sites there are)
 */
export async function offlineDataSync(context: RunContext, unit: SyncUnit): Promise<void> {
  context.report.phase('connecting', null);
  const failure = await send(context);
  await receive(context, unit);
  if (failure === null) {
    context.work.outbox.prune();
    return;
  }
  if (!isServersFault(failure)) throw failure;
  // The server answered a pull, so it may be one operation that it cannot digest.
  await pushAroundFailure(context);
  await receive(context, unit);
}

/** Returns the failure instead of throwing it, unless the run is cancelled or this is not the server it should be. */
async function send(context: RunContext): Promise<Error | null> {
  try {
    await pushOperations(context);
    return null;
  } catch (error) {
    const code = error instanceof TallymanError ? error.code : null;
    if (code === 'CANCELLED' || code === 'SERVER_REPLACED') throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function receive(context: RunContext, unit: SyncUnit): Promise<void> {
  try {
    await receiveScopes(context, unit);
  } catch (error) {
    if (!(error instanceof OperationsLost)) throw error;
    await sendLostAgain(context, error.from);
    await receiveScopes(context, unit);
  }
}

async function receiveScopes(context: RunContext, unit: SyncUnit): Promise<void> {
  const missing: FollowedScope[] = [];
  const complete: CompleteScope[] = [];
  const followedScopes = context.work
    .followedScopes()
    .filter(({ scope }) => isAsked(context, scope));
  for (const followed of scopesOf(unit, followedScopes)) {
    const replica = context.accepted ? null : completeReplica(context, followed.scope);
    if (replica) complete.push({ ...followed, replica });
    else missing.push(followed);
  }
  if (complete.length > 0) missing.push(...(await catchUp(context, complete)));
  // What is not here yet is no part of sending; the next full run fills it.
  if (unit === 'send' || unit === 'photos') return;
  // The catalogue first: it says which of the sites have ended, and those are left below.
  for (const followed of missing.toSorted(catalogueFirst)) {
    if (!hasEnded(context, followed)) await buildReplica(context, followed);
  }
  if (unit !== 'stock') await followSites(context);
}

/** The server gives no rows of other sites to whoever is signed in. */
function isAsked({ rights }: RunContext, scope: Scope): boolean {
  return isAmong(rights?.asked ?? null, siteIdOf(scope));
}

function isAmong(siteIds: readonly string[] | null, siteId: string | null): boolean {
  return siteIds === null || siteId === null || siteIds.includes(siteId);
}

function catalogueFirst(a: FollowedScope, b: FollowedScope): number {
  return Number(b.scope === CATALOGUE_SCOPE) - Number(a.scope === CATALOGUE_SCOPE);
}

function hasEnded(context: RunContext, { scope }: FollowedScope): boolean {
  const siteId = siteIdOf(scope);
  const sites = sitesOf(context);
  return siteId !== null && sites !== null && !sites.some(({ id }) => id === siteId);
}

const CATALOGUE: FollowedScope = { scope: CATALOGUE_SCOPE, siteCode: null, name: null };

function scopesOf(unit: SyncUnit, followed: readonly FollowedScope[]): FollowedScope[] {
  const sites = followed.filter(({ scope }) => scope !== CATALOGUE_SCOPE);
  switch (unit) {
    case 'full':
      return [CATALOGUE, ...sites];
    case 'catalogue':
      return [CATALOGUE];
    case 'stock':
      return sites;
    case 'send':
      // What was sent changed some of them, and asking for all is one small request.
      return [...followed];
    case 'photos':
      // Their rows come with the other units.
      return [];
    default:
      return unreachable(unit);
  }
}

function completeReplica(context: RunContext, scope: Scope): Replica | null {
  if (context.replicas.isDamaged(scope)) return null;
  const replica = context.replicas.get(scope, 'current');
  return replica?.state.complete ? replica : null;
}

/** Returns the scopes that must be fetched anew. */
async function catchUp(
  context: RunContext,
  scopes: readonly CompleteScope[],
): Promise<FollowedScope[]> {
  const { answers } = await pullPages(
    context,
    scopes.map(({ replica }) => cursorOf(replica.state)),
  );
  const anew: FollowedScope[] = [];
  for (const [at, { cursor, answer, contained }] of answers.entries()) {
    const scope = must(scopes[at], 'the scope of an answer');
    if (answer.kind === 'unknown') {
      // A site that has ended, which the catalogue says; if it does not, the question for its first page fails.
      anew.push(scope);
    } else if (answer.kind === 'resync') {
      assertMayFetchAnew(context, scope.replica, answer);
      anew.push(scope);
    } else if (await replacedAfterAbsence(context, scope, answer)) {
      // The new file holds all that the pages would have brought.
    } else if (!(await followUnlessDamaged(context, scope, { cursor, first: answer, contained }))) {
      anew.push(scope);
    }
  }
  return anew;
}

/** Much changed while this laptop was away: a whole new file may be here before its pages. */
async function replacedAfterAbsence(
  context: RunContext,
  followed: CompleteScope,
  { following = null, entities }: ScopePage,
): Promise<boolean> {
  if (following === null) return false;
  const rowsLacking = entities.reduce((sum, page) => sum + page.rows.length, following);
  if (rowsLacking < SNAPSHOT_ROWS_MIN) return false;
  const manifest = await usableSnapshot(context, followed.scope);
  if (manifest === null || manifest.version <= followed.replica.state.version) return false;
  const instead = { rowsLacking, rowsPerSecond: ROWS_PER_SECOND.changing };
  if (!isSnapshotCheaper(manifest.bytes, instead)) return false;
  // A delta fits where a whole second file does not.
  if (!hasRoomFor(context, manifest.plainBytes)) return false;
  return replaceBySnapshot(context, followed, { manifest, instead });
}

/** False if the file turned out to be damaged, which is nothing that a new copy does not mend. */
async function followUnlessDamaged(
  context: RunContext,
  scope: CompleteScope,
  page: FirstPage,
): Promise<boolean> {
  try {
    await followServer(context, scope, page);
    context.verified.set(scope.scope, context.now());
    return true;
  } catch (error) {
    const known = translatedError(scope.replica.file, error);
    if (!(known instanceof TallymanError) || known.code !== 'STORE_DAMAGED') throw known;
    context.replicas.markDamaged(scope.scope);
    return false;
  }
}

/**
 * A server that lost history must not take a laptop's data with it. A new epoch is the server's own word that it was
 * restored, and an absence beyond the tombstones is nobody's fault: both are filled beside the old file, which goes only
 * when the new one is whole and not much smaller. A version ahead of the server's is a restore that nobody announced.
 */
function assertMayFetchAnew(
  context: RunContext,
  replica: Replica,
  answer: Extract<ScopeAnswer, { kind: 'resync' }>,
): void {
  if (answer.reason === 'ahead') {
    throw new TallymanError(
      'SERVER_ROLLED_BACK',
      'The server holds older data than this laptop, as after a restored backup. Nothing was changed; please confirm that it is right.',
      { details: { scope: answer.scope } },
    );
  }
  const before = replica.state.digest.count;
  assertNoMassDelete(context, before - answer.digest.count, before);
}

/** Null as long as there is no catalogue. */
function sitesOf({ replicas }: RunContext): { id: string; code: string; name: string }[] | null {
  const catalogue = replicas.get(CATALOGUE_SCOPE, 'current');
  if (!catalogue) return null;
  return catalogue.database.prepare('SELECT id, code, name FROM site ORDER BY code').all() as {
    id: string;
    code: string;
    name: string;
  }[];
}

/** The catalogue says which sites there are. New ones are filled at once; the data of those left behind goes. */
async function followSites(context: RunContext): Promise<void> {
  const sites = sitesOf(context);
  if (!sites) return;
  const kept = context.rights?.kept ?? null;
  const wanted = sites.filter(
    ({ id, code }) =>
      isAmong(kept, id) && (context.siteCodes === null || context.siteCodes.includes(code)),
  );
  const unknown = context.siteCodes?.find((code) => !sites.some((site) => site.code === code));
  if (unknown !== undefined) {
    const known = sites.map(({ code }) => code).join(', ') || 'none';
    throw new TallymanError(
      'UNKNOWN_SITE',
      `The server has no site ${unknown}. Its sites: ${known}.`,
      { details: { site: unknown, known } },
    );
  }
  const followed = wanted.map(({ id, code, name }): FollowedScope => ({
    scope: siteScope(id),
    siteCode: code,
    name,
  }));
  leaveScopes(
    context.work,
    context.replicas,
    (scope) => scope === CATALOGUE_SCOPE || followed.some((one) => one.scope === scope),
  );
  context.work.follow([CATALOGUE, ...followed]);
  for (const one of followed.filter(({ scope }) => isAsked(context, scope))) {
    if (!completeReplica(context, one.scope)) await buildReplica(context, one);
  }
}
