import type { z } from 'zod';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';

/** Text that may be longer than this gets a field of several lines. */
const LINE_CHARACTERS_MAX = 500;

/** How one column is shown and typed. */
export interface RecordField {
  name: string;
  kind: 'text' | 'longText' | 'integer' | 'time' | 'boolean' | 'choice' | 'site' | 'reference';
  nullable: boolean;
  /** Of `choice`. */
  choices: readonly string[];
  /** Of `reference`: the entity that it points to. */
  target: string | null;
}

/** The columns of an entity as fields, without its id, from its definition alone. */
export function recordFields(
  entity: EntityDefinition,
  columns?: readonly string[],
): readonly RecordField[] {
  return entity.columns
    .filter(({ name }) => name !== 'id' && (columns?.includes(name) ?? true))
    .map(({ name, kind, nullable }) => {
      const type = innerOf(entity.schema.shape[name] as z.ZodType);
      const choices = type.def.type === 'enum' ? (type as z.ZodEnum).options.map(String) : [];
      const target = entity.references[name] ?? null;
      return { name, nullable, choices, target, kind: fieldKind(target, { name, kind, type }) };
    });
}

function fieldKind(
  target: string | null,
  { name, kind, type }: { name: string; kind: string; type: z.ZodType },
): RecordField['kind'] {
  if (target !== null) return target === 'site' ? 'site' : 'reference';
  if (kind === 'boolean') return 'boolean';
  if (type.def.type === 'enum') return 'choice';
  // The project's one spelling of a time: UTC epoch milliseconds in a column named so.
  if (kind === 'integer') return name.endsWith('_at') ? 'time' : 'integer';
  return ((type as z.ZodString).maxLength ?? 0) > LINE_CHARACTERS_MAX ? 'longText' : 'text';
}

function innerOf(type: z.ZodType): z.ZodType {
  let inner = type;
  while (inner.def.type === 'nullable' || inner.def.type === 'default') {
    inner = (inner.def as unknown as { innerType: z.ZodType }).innerType;
  }
  return inner;
}

/** What a person recognises a row by; empty if it has nothing of that kind, as an id is nothing that people know. */
export function recordTitle(row: Readonly<Record<string, unknown>>): string {
  for (const name of ['code', 'name', 'sku', 'title', 'text']) {
    const value = row[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
