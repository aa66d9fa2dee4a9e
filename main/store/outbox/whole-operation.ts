import type { OperationOutcome } from '../../../shared/sync/operation.ts';
import { isJudgedAsOne } from '../../../shared/sync/judged-as-one.ts';
import type { WritableDatabase } from '../sqlite.ts';
import { type Decided, decidedChanges, type RowOf } from './decided-changes.ts';
import type { NewChange } from './new-operation.ts';

/** Whether nothing of an operation was applied, because it is judged as one and something in it is in conflict. */
export function isHeldWhole(
  db: WritableDatabase,
  changes: readonly NewChange[],
  position: number,
): boolean {
  if (!isJudgedAsOne(changes.map(({ change }) => change))) return false;
  const text = db.prepare('SELECT outcome FROM operation WHERE position = ?').pluck().get(position);
  const outcome = JSON.parse(String(text)) as OperationOutcome;
  return outcome.kind === 'conflict' && Object.keys(outcome.versions).length === 0;
}

/** The operation as a person has decided about it: what nobody asked about is in it as it was. */
export function wholeOperation(
  rowOf: RowOf,
  changes: readonly NewChange[],
  decided: ReadonlyMap<string, readonly Decided[]>,
): NewChange[] {
  const left = new Map(decided);
  const whole: NewChange[] = [];
  for (const one of changes) {
    const key = `${one.change.entity} ${one.change.id}`;
    const asked = decided.get(key);
    if (!asked) {
      whole.push(one);
      continue;
    }
    // A row that the operation changes twice is decided about once.
    const chosen = left.has(key) ? decidedChanges(rowOf, asked) : [];
    left.delete(key);
    whole.push(...withRest(one, asked, chosen));
  }
  return whole;
}

/** The fields of a row that were not in conflict go with those that were decided about. */
function withRest(
  { change, base, scope }: NewChange,
  asked: readonly Decided[],
  chosen: readonly NewChange[],
): NewChange[] {
  if (change.kind !== 'update' || asked.some(({ conflict }) => conflict.field === null)) {
    return [...chosen];
  }
  const fields = new Set(asked.map(({ conflict }) => conflict.field));
  const from = { ...change.from };
  const to = { ...change.to };
  for (const field of Object.keys(to)) {
    if (!fields.has(field)) continue;
    delete (from as Record<string, unknown>)[field];
    delete (to as Record<string, unknown>)[field];
  }
  const [first] = chosen;
  if (first?.change.kind === 'update') {
    Object.assign(from, first.change.from);
    Object.assign(to, first.change.to);
  }
  if (Object.keys(to).length === 0) return [];
  return [{ change: { ...change, from, to }, base, scope }];
}
