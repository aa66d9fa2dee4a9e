import { z } from 'zod';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../../shared/entities/registry.ts';
import { fromStored, toStored } from '../../../shared/entities/stored-row.ts';
import { TallymanError } from '../../../shared/errors.ts';

/** A whole row by its entity's schema, in stored form, in its normal form. Throws BAD_INPUT that names the fields. */
export function validRow(entity: AnyEntity, stored: StoredRow): StoredRow {
  const unknown = Object.keys(stored).filter(
    (name) => !entity.columns.some((column) => column.name === name),
  );
  const parsed = entity.schema.safeParse(fromStored(entity, stored));
  if (parsed.success && unknown.length === 0) return toStored(parsed.data);
  const fields = parsed.success
    ? unknown
    : [...unknown, ...parsed.error.issues.map(({ path }) => path.join('.'))];
  throw new TallymanError(
    'BAD_INPUT',
    `This ${entity.name.replaceAll('_', ' ')} cannot be saved: look at ${[...new Set(fields)].join(', ')}.`,
    {
      details: { entity: entity.name, fields: fields.join(',') },
      cause: parsed.success ? undefined : new Error(z.prettifyError(parsed.error)),
    },
  );
}
