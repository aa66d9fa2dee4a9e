import { z } from 'zod';
import { lastWriteWins } from '../sync/patterns/last-write-wins.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField } from './fields.ts';

/**
 * A place that somebody counts or has counted to the end. Once it is done, goods that nobody saw there are not there. Its id
 * follows from count and place (`countPlaceId`), so that two laptops make the same row.
 */
export const countPlace = defineEntity({
  name: 'count_place',
  scope: 'site',
  pattern: lastWriteWins({ fields: { done_at: 'max' } }),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    count_id: idField,
    location_id: idField,
    /** Who counts it, or counted it last. */
    person_id: idField.nullable().default(null),
    /** UTC epoch milliseconds by the shared clock. */
    done_at: z.int().min(0).nullable().default(null),
  }),
  references: { site_id: 'site', count_id: 'stock_count', location_id: 'location' },
  deleteRules: { count_id: 'cascade' },
  indexes: [{ columns: ['count_id'] }, { columns: ['location_id'] }],
});

export type CountPlace = RowOf<typeof countPlace>;
