import { z } from 'zod';
import { oneToMany } from '../sync/patterns/one-to-many.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { codeField, idField, noteField } from './fields.ts';
import { ABC_CLASSES } from './product.ts';

/** How far a count is. The numbers only grow, so that of two people who take it further the one who got furthest is right. */
export const COUNT_STAGES = {
  planned: 0,
  counting: 1,
  review: 2,
  approved: 3,
  cancelled: 4,
} as const;
export type CountStage = keyof typeof COUNT_STAGES;

/**
 * A count of what lies at some places of a site. What people saw is in its observations; what is made of it, in its lines.
 * The plan narrows it: places of a zone, products of a category with all below it, of a class, or all of these.
 */
export const stockCount = defineEntity({
  name: 'stock_count',
  scope: 'site',
  pattern: oneToMany({
    children: ['count_line'],
    conflicts: 'detect',
    // Whoever approved it first did.
    fields: { stage: 'max', counters: 'set', approved_by: 'server', approved_at: 'server' },
  }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    code: codeField,
    stage: z.int().min(0).max(4).default(0),
    /** Whoever counts does not see what should be there. */
    blind: z.boolean().default(true),
    zone: codeField.nullable().default(null),
    category_id: idField.nullable().default(null),
    abc: z.enum(ABC_CLASSES).nullable().default(null),
    /** Only places that no other count has finished since then. UTC epoch milliseconds. */
    not_since: z.int().min(0).nullable().default(null),
    due_at: z.int().min(0).nullable().default(null),
    /** When it is approved, the next one is planned so many days after it. */
    repeat_days: z.int().min(1).max(3_650).nullable().default(null),
    /** Ids of the people who shall count it, as a JSON array; empty: anybody. */
    counters: z.string().max(4_000).default('[]'),
    created_by: idField.nullable().default(null),
    approved_by: idField.nullable().default(null),
    approved_at: z.int().min(0).nullable().default(null),
    note: noteField.nullable().default(null),
  }),
  references: { site_id: 'site' },
  indexes: [{ columns: ['site_id', 'code'], unique: true }, { columns: ['stage', 'approved_at'] }],
});

export type StockCount = RowOf<typeof stockCount>;
