import { z } from 'zod';
import { lastWriteWins } from '../sync/patterns/last-write-wins.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, PHOTO_FIELDS } from './fields.ts';

/** That there is a photo of something that happened at a site: of a delivery, or of a line of a count. */
export const sitePhoto = defineEntity({
  name: 'site_photo',
  scope: 'site',
  pattern: lastWriteWins(),
  schema: z.strictObject({
    id: idField,
    site_id: idField,
    subject: z.enum(['delivery', 'count_line']),
    /** Of the subject. No reference: a photo may arrive before the line that the server makes when it posts. */
    subject_id: idField,
    ...PHOTO_FIELDS,
  }),
  references: { site_id: 'site' },
  indexes: [{ columns: ['subject_id'] }, { columns: ['hash'] }],
});

export type SitePhoto = RowOf<typeof sitePhoto>;
