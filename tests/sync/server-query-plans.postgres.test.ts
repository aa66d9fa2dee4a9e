import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { callProcedures } from '../support/call-procedures.ts';
import { productRow } from '../support/server-rows.ts';
import { PLACE, PRODUCT, useSyncWorlds } from '../support/sync-world.ts';
import { testLocation } from '../support/test-store.ts';

/** The same statements as on SQLite, and whether an index of PostgreSQL can serve them. */
const newWorld = useSyncWorlds();

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Filter?: string;
  Plans?: readonly PlanNode[];
}

/** Tables of which each has a handful of rows, or that are read as a whole by design. */
const SMALL = new Set(['migration', 'server_meta', 'sync_scope', 'account', 'signing_key']);
/** What is asked of these has an index, so that nobody walks through years of lines to find the few that fit. */
const NEVER_WALKED = new Set(['audit']);
/** A statement may sort what is bounded by something else than a page. */
const SORTED: readonly RegExp[] = [
  /from "barcode" where "product_id" = /,
  /from "stock_movement" where "product_id" = /,
];

/** What it returns tells the texts that any connection of this process has asked since then. */
function watchStatements(): () => ReadonlySet<string> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  onTestFinished(() => spy.mockRestore());
  return () => {
    const calls = spy.mock.calls as unknown as readonly (readonly unknown[])[];
    const texts = calls.map(([first]) =>
      typeof first === 'string' ? first : (first as { text?: string } | null)?.text,
    );
    return new Set(texts.filter((text) => text !== undefined));
  };
}

async function badPlans(database: string, texts: Iterable<string>): Promise<string[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    await client.query('set search_path = tallyman');
    // Whatever is left of these has no index that could do it.
    await client.query('set enable_seqscan = off');
    await client.query('set enable_sort = off');
    const bad: string[] = [];
    for (const text of texts) {
      if (!/^\s*(select|with|insert|update|delete)\b/i.test(text) || /pg_|nextval/.test(text))
        continue;
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (generic_plan, format json) ${text}`,
      );
      const { Plan: plan } = must(rows[0], 'a plan')['QUERY PLAN'][0];
      for (const reason of reasonsIn(plan, text)) bad.push(`${reason}: ${text}`);
    }
    return bad;
  } finally {
    await client.end();
  }
}

function reasonsIn(node: PlanNode, text: string): string[] {
  const table = node['Relation Name'] ?? '';
  const own: string[] = [];
  if (node['Node Type'] === 'Seq Scan' && !SMALL.has(table)) own.push(`reads all of ${table}`);
  if (NEVER_WALKED.has(table) && node.Filter !== undefined) own.push(`walks through ${table}`);
  if (node['Node Type'] === 'Sort' && !SORTED.some((allowed) => allowed.test(text)))
    own.push('sorts');
  return [...own, ...(node.Plans ?? []).flatMap((below) => reasonsIn(below, text))];
}

test('no sync and no procedure reads a big table from end to end, or sorts one', async () => {
  const statements = watchStatements();
  const world = await newWorld();
  const { server, serverFolder, office } = world;
  const laptop = await world.laptop();
  await office((tx) => tx.insert('product', [productRow(7)]));
  const input = { kind: 'receive', toLocationId: null, quantity: 3, reason: null } as const;
  laptop.person.recordMovement({ ...input, productId: PRODUCT, locationId: PLACE });
  await laptop.sync(server);
  await callProcedures(server.store);
  const texts = statements();
  expect(texts.size).toBeGreaterThan(20);
  const { database } = await testLocation(serverFolder);
  expect(await badPlans(must(database, 'a database'), texts)).toEqual([]);
});

test('without an index the check would fail', async () => {
  const statements = watchStatements();
  const world = await newWorld();
  await world.laptop();
  await callProcedures(world.server.store);
  const texts = statements();
  const { database } = await testLocation(world.serverFolder);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  for (const index of ['product_by_sort_key_and_id', 'audit_by_outcome_and_id']) {
    const before = await badPlans(must(database, 'a database'), texts);
    await client.query(`drop index tallyman.${index}`);
    const after = await badPlans(must(database, 'a database'), texts);
    expect.soft(after.length, index).toBeGreaterThan(before.length);
  }
  await client.end();
});
