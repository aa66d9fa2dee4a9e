import { ENTITIES } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import {
  addHash,
  bucketOf,
  type Digest,
  EMPTY_DIGEST,
  sameDigest,
} from '../../shared/sync/digest.ts';
import {
  type BucketRowsOutput,
  type DigestsOutput,
  PROTOCOL_VERSION,
  PULL_ROWS_DEFAULT,
} from '../../shared/sync/protocol.ts';
import { assertPageColumns } from '../../shared/sync/row-check.ts';
import type { Replica } from '../store/replica.ts';
import { contentBuckets, contentIds, rehash } from '../store/replica-buckets.ts';
import { breathe } from '../store/breathe.ts';
import type { RunContext } from './run-context.ts';

const DAY_MS = 86_400_000;
/** More repairs than this in a day mean that repairing does not help: then a person is told instead. */
const REPAIRS_PER_DAY_MAX = 2;

/**
 * Mends a replica whose digest differs from the server's at the same version: compares 256 buckets per entity, by what the
 * rows really hold, and fetches only the buckets that differ (the whole table for `readOnly` entities). Throws
 * DIGEST_MISMATCH if the rows still differ afterwards, or if this happens too often; SERVER_BUSY if the server moved on
 * meanwhile, so that the next run tries again.
 */
export async function repairReplica(context: RunContext, replica: Replica): Promise<void> {
  const { scope, repairs } = replica.state;
  const recent = repairs.filter((at) => at > context.now() - DAY_MS);
  if (recent.length >= REPAIRS_PER_DAY_MAX) throw mismatch(scope);
  context.report.phase('repairing', null);
  const theirs = await context.server.digests(
    { protocol: PROTOCOL_VERSION, serverId: context.work.trustedServer(), scope },
    context.signal,
  );
  assertSamePoint(replica, theirs);
  const breath = (): Promise<void> => breathe(context.signal);
  replica.begin();
  try {
    for (const { entity, buckets } of theirs.entities) {
      const differing = await differingBuckets(replica, { entity, theirs: buckets, breath });
      if (differing.size > 0) await refetch(context, replica, { entity, buckets: differing });
    }
    // An entity that the server no longer knows, or not yet, has no rows there.
    const known = new Set(theirs.entities.map(({ entity }) => entity));
    for (const entity of replica.entityNames().filter((name) => !known.has(name))) {
      replica.removeRows(entity, await contentIds(replica, entity, breath));
    }
    replica.recount(await rehash(replica, breath));
    replica.commit({ repairs: [...recent, context.now()] });
  } catch (error) {
    replica.rollback();
    throw error;
  }
  if (!sameDigest(replica.state.digest, sumOf(theirs))) throw mismatch(scope);
  context.report.dataChanged(theirs.entities.map(({ entity }) => entity));
}

async function differingBuckets(
  replica: Replica,
  options: { entity: string; theirs: readonly Digest[]; breath: () => Promise<void> },
): Promise<ReadonlySet<number>> {
  const { entity, theirs, breath } = options;
  const ours = await contentBuckets(replica, entity, breath);
  const differing = ours.flatMap((digest, at) =>
    sameDigest(digest, theirs[at] ?? EMPTY_DIGEST) ? [] : [at],
  );
  const pattern = ENTITIES.find(({ name }) => name === entity)?.pattern;
  const whole = differing.length > 0 && pattern?.repair === 'whole';
  return new Set(whole ? ours.keys() : differing);
}

async function refetch(
  context: RunContext,
  replica: Replica,
  { entity, buckets }: { entity: string; buckets: ReadonlySet<number> },
): Promise<void> {
  const breath = (): Promise<void> => breathe(context.signal);
  const held = await contentIds(replica, entity, breath);
  const surplus = new Set(held.filter((id) => buckets.has(bucketOf(id))));
  let afterId: string | null = null;
  for (let more = true; more;) {
    const answer: BucketRowsOutput = await context.server.bucketRows(
      {
        protocol: PROTOCOL_VERSION,
        serverId: context.work.trustedServer(),
        scope: replica.state.scope,
        entity,
        buckets: [...buckets],
        afterId,
        maxRows: PULL_ROWS_DEFAULT,
      },
      context.signal,
    );
    assertSamePoint(replica, answer);
    assertPageColumns(entity, answer.page.columns);
    replica.putRows(entity, answer.page.rows, { force: true });
    for (const [id] of answer.page.rows) surplus.delete(String(id));
    context.report.rowsReceived(answer.page.rows.length);
    afterId = (answer.page.rows.at(-1)?.[0] as string | undefined) ?? null;
    more = answer.more && afterId !== null;
    await breath();
  }
  replica.removeRows(entity, [...surplus]);
}

function assertSamePoint(replica: Replica, theirs: { epoch: string; version: number }): void {
  const { epoch, version } = replica.state;
  if (theirs.epoch === epoch && theirs.version === version) return;
  throw new TallymanError('SERVER_BUSY', 'The server moved on during a repair. It is tried again.');
}

function sumOf(theirs: DigestsOutput): Digest {
  const total = { count: 0, sum: 0 };
  for (const { buckets } of theirs.entities) {
    for (const digest of buckets) {
      total.count += digest.count;
      total.sum = addHash(total.sum, digest.sum);
    }
  }
  return total;
}

function mismatch(scope: string): TallymanError {
  return new TallymanError(
    'DIGEST_MISMATCH',
    'The data on this laptop differs from the server and could not be repaired. Fetch it again from the Sync screen.',
    { details: { scope } },
  );
}
