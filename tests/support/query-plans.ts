import Database from 'better-sqlite3';
import { onTestFinished, vi } from 'vitest';
import type { Prepares } from '../../main/store/sqlite.ts';

/** A statement that is allowed although its plan says that it reads a big table from end to end, or sorts what it found. */
export interface Exception {
  allows: 'scan' | 'sort';
  statement: RegExp;
  why: string;
}

export interface PlanRules {
  /** Tables that stay small, and why. */
  smallTables: Readonly<Record<string, string>>;
  exceptions: readonly Exception[];
}

/**
 * Watches every statement that any connection of this process prepares until the test ends. What it returns tells those of one
 * file so far.
 */
export function watchStatements(): (file: string) => ReadonlySet<string> {
  const spy = vi.spyOn(Database.prototype, 'prepare');
  onTestFinished(() => spy.mockRestore());
  return (file) => {
    const connections = spy.mock.contexts as unknown as readonly Database.Database[];
    const calls = spy.mock.calls.filter((_, at) => connections[at]?.name === file);
    return new Set(calls.map(([sql]) => sql));
  };
}

/**
 * Asks SQLite how it would run each statement, and says which would read a big table from end to end, sort a set that has no
 * bound, or give FTS5 a row number that it ignores.
 */
export function badPlans(db: Prepares, texts: Iterable<string>, rules: PlanRules): string[] {
  const statements = [...texts].filter((sql) =>
    /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(sql),
  );
  const ignored = statements.filter((sql) => /MATCH[^]*\browid\s*[<>=]+\s*\?/.test(sql));
  return [
    ...ignored.map((sql) => `a row number without a cast: ${sql}`),
    ...statements.flatMap((sql) =>
      planOf(db, sql).flatMap((detail) => (isBad(detail, sql, rules) ? [`${detail}: ${sql}`] : [])),
    ),
  ];
}

/** What is allowed and is not needed by any of these: an exception that outlives its reason. */
export function unusedRules(db: Prepares, texts: Iterable<string>, rules: PlanRules): string[] {
  const all = [...texts];
  const tables = Object.keys(rules.smallTables).filter((table) => {
    const { [table]: _, ...smallTables } = rules.smallTables;
    return badPlans(db, all, { ...rules, smallTables }).length === 0;
  });
  const exceptions = rules.exceptions.filter((one) => {
    const others = rules.exceptions.filter((other) => other !== one);
    return badPlans(db, all, { ...rules, exceptions: others }).length === 0;
  });
  return [...tables, ...exceptions.map(({ statement }) => String(statement))];
}

export function planOf(db: Prepares, sql: string): string[] {
  const statement = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
  const names = [...sql.matchAll(/[:@]([a-zA-Z]+)/g)].map(([, name]) => [String(name), null]);
  const places: unknown[] = [...sql.matchAll(/\?/g)].map(() => null);
  // Nothing runs, so the values do not matter.
  const values: unknown[] = names.length > 0 ? [Object.fromEntries(names)] : places;
  return (statement.all(...values) as { detail: string }[]).map(({ detail }) => detail);
}

function isBad(detail: string, sql: string, { smallTables, exceptions }: PlanRules): boolean {
  const isAllowed = (kind: Exception['allows']): boolean =>
    exceptions.some(({ allows, statement }) => allows === kind && statement.test(sql));
  if (detail.startsWith('USE TEMP B-TREE FOR ORDER BY')) return !isGiven(sql) && !isAllowed('sort');
  // A walk that begins somewhere, ends nowhere and asks each row for something. All rows of a file are of one site.
  const isWalk = /^SEARCH [^(]*\(\(?[\w,]+\)?>[^<=]*$/.test(detail);
  if (isWalk && /\b(?!site_id\b)\w+ IS \?/.test(sql)) return true;
  const [, name] = /^SCAN "?(\w+)"?/.exec(detail) ?? [];
  if (name === undefined || / CONSTANT ROW| VALUES CLAUSE/.test(detail)) return false;
  const table = tableOf(name, sql);
  // FTS5 always says SCAN; M in the plan stands for MATCH and = for one rowid.
  const isWhole =
    table === 'product_search'
      ? !/INDEX \d+:[^ ]*[M=]/.test(detail)
      : !detail.includes('VIRTUAL TABLE') && !(table in smallTables);
  return isWhole && !isAllowed('scan');
}

/** Rows that the statement is given as a list are as many as the caller wanted. */
function isGiven(sql: string): boolean {
  return /(?<!NOT )IN \(SELECT value FROM json_each|FROM json_each\(\?\)\)? AS wanted/.test(sql);
}

/** What an alias stands for. */
function tableOf(name: string, sql: string): string {
  const aliases = sql.matchAll(
    /\b(?:FROM|JOIN)\s+"?(\w+)"?\s+(?:NOT INDEXED\s+)?(?:AS\s+)?"?(\w+)"?/gi,
  );
  for (const [, table, alias] of aliases) if (alias === name && table) return table;
  return name;
}
