import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import type { RecordWrite } from '../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { changedFields } from '../records/read-form.ts';

export interface LineDraft {
  id: string;
  /** Null until a product is chosen. */
  productId: string | null;
  expected: number | null;
}

export type LineProblem = 'product' | 'twice' | 'quantity';

/** What the store takes at most for a line. */
const EXPECTED_MAX = 1_000_000_000;

/** What must be put right, by line. */
export function lineProblems(lines: readonly LineDraft[]): ReadonlyMap<string, LineProblem> {
  const problems = new Map<string, LineProblem>();
  const seen = new Set<string>();
  for (const { id, productId, expected } of lines) {
    if (productId === null) problems.set(id, 'product');
    else if (seen.has(productId)) problems.set(id, 'twice');
    else if (!Number.isInteger(expected) || (expected ?? 0) < 1 || (expected ?? 0) > EXPECTED_MAX) {
      problems.set(id, 'quantity');
    }
    if (productId !== null) seen.add(productId);
  }
  return problems;
}

interface DeliveryDraft {
  id: string;
  siteId: string;
  /** The fields of the delivery itself, in stored form. */
  fields: StoredRow;
  lines: readonly LineDraft[];
}

/** One operation that makes the delivery what the draft says. `before` is what the person saw when they began. */
export function deliveryWrites(draft: DeliveryDraft, before: DeliveryView | null): RecordWrite[] {
  const { id, siteId, fields, lines } = draft;
  const head: RecordWrite[] = before
    ? headChange(id, fields, before)
    : [
        {
          kind: 'create',
          entity: 'delivery',
          id,
          row: { state: 'expected', ...fields, site_id: siteId },
        },
      ];
  const known = new Map(before?.items.map((line) => [line.id, line]));
  const kept = new Set(lines.map((line) => line.id));
  const gone = [...known.keys()].filter((one) => !kept.has(one));
  return [
    ...head,
    ...gone.map((one): RecordWrite => ({ kind: 'remove', entity: 'delivery_line', id: one })),
    ...lines.flatMap((line): RecordWrite[] => {
      const expected = line.expected ?? 0;
      const old = known.get(line.id);
      if (old?.expected === expected && old.productId === line.productId) return [];
      if (old) {
        return [
          {
            kind: 'update',
            entity: 'delivery_line',
            id: line.id,
            fields: { product_id: line.productId, expected },
            seen: { product_id: old.productId, expected: old.expected },
          },
        ];
      }
      const row = { site_id: siteId, delivery_id: id, product_id: line.productId, expected };
      return [
        { kind: 'create', entity: 'delivery_line', id: line.id, row: { ...row, received: 0 } },
      ];
    }),
  ];
}

function headChange(id: string, fields: StoredRow, before: DeliveryView): RecordWrite[] {
  const seen = deliveryFields(before);
  const changed = changedFields(seen, fields);
  const names = Object.keys(changed);
  if (names.length === 0) return [];
  const was = Object.fromEntries(names.map((name) => [name, seen[name] ?? null]));
  return [{ kind: 'update', entity: 'delivery', id, fields: changed, seen: was }];
}

/** Of the delivery itself, as the form shows them. */
export function deliveryFields({ code, supplier, expectedAt, note }: DeliveryView): StoredRow {
  return { code, supplier, expected_at: expectedAt, note };
}
