import type { z } from 'zod';
import type { EntityColumn, EntityDefinition } from '../../shared/entities/define-entity.ts';
import { ENTITIES, entityNamed } from '../../shared/entities/registry.ts';
import { idOf } from './server-rows.ts';

const SHA256_DIGITS = 64;

/** Rows that a test may make of one entity. */
const SAMPLES_MAX = 100;

/** The id of an entity's sample row; no two entities share one. */
function sampleId(entity: string, number: number): string {
  const place = ENTITIES.findIndex(({ name }) => name === entity);
  return idOf((place + 1) * SAMPLES_MAX + number);
}

/**
 * A row that is valid by its entity's own definition, for any entity. Other numbers give other values; references that have
 * to be there point to the first sample of their entity.
 */
export function sampleRow<TEntity extends EntityDefinition>(
  entity: TEntity,
  number: number,
): z.output<TEntity['schema']> & { id: string } {
  const values = entity.columns.map((column) => [column.name, sampleValue(entity, column, number)]);
  return Object.fromEntries(values) as z.output<TEntity['schema']> & { id: string };
}

/** What the sample row points to, and what that points to: an order in which all can be inserted. */
export function sampleParents(entity: EntityDefinition): EntityDefinition[] {
  const parents = requiredReferences(entity).filter((name) => name !== entity.name);
  const ordered = parents.flatMap((name) => {
    const parent = entityNamed(name);
    return [...sampleParents(parent), parent];
  });
  return [...new Set(ordered)];
}

function requiredReferences(entity: EntityDefinition): string[] {
  return entity.columns.flatMap(({ name, nullable }) => {
    const target = entity.references[name];
    return target === undefined || nullable ? [] : [target];
  });
}

function sampleValue(entity: EntityDefinition, column: EntityColumn, number: number): unknown {
  const { name, nullable, otherwise } = column;
  if (entity.pattern.fields[name] === 'derived') return otherwise;
  const target = entity.references[name];
  if (target !== undefined && nullable) return null;
  if (target !== undefined) {
    return sampleId(target, target === entity.name || name === 'id' ? number : 1);
  }
  if (name === 'id') return sampleId(entity.name, number);
  const type = entity.schema.shape[name] as z.ZodType;
  const choices = choicesOf(type);
  const candidates = [
    ...(choices.length > 0 ? [choices[number % choices.length]] : []),
    `${name} ${number}`,
    sampleId(entity.name, number),
    number.toString(16).padStart(SHA256_DIGITS, '0'),
    number,
    number % 2 === 1,
    null,
  ];
  const found = candidates.find((candidate) => type.safeParse(candidate).success);
  if (found === undefined) throw new Error(`${entity.name}.${name} needs a sample of its own`);
  return found;
}

function choicesOf(type: z.ZodType): readonly unknown[] {
  let inner = type;
  while (inner.def.type === 'nullable' || inner.def.type === 'default') {
    inner = (inner.def as unknown as { innerType: z.ZodType }).innerType;
  }
  return inner.def.type === 'enum' ? (inner as z.ZodEnum).options : [];
}
