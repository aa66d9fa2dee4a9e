import { z } from 'zod';
import { serverRouter } from '../../server/router.ts';

/** What a schema says of itself as JSON Schema. */
interface InputSchema {
  type?: string;
  properties?: Record<string, InputSchema>;
  items?: InputSchema;
  anyOf?: InputSchema[];
  oneOf?: InputSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  minItems?: number;
}

/** Ids of things that the caller must not know of, by the name of the field that asks for one; `id` for all others. */
export type ForeignIds = Readonly<Record<string, string>> & { id: string };

const DEFINITION = '_def';

/** An input for a procedure that is as its schema wants it, and names what is somebody else's wherever it can. */
export function foreignInput(path: string, ids: ForeignIds): unknown {
  const procedures = serverRouter[DEFINITION].procedures as unknown as Record<
    string,
    Record<typeof DEFINITION, { inputs: readonly (z.ZodType | { schema: z.ZodType })[] }>
  >;
  const given = procedures[path]?.[DEFINITION].inputs[0];
  if (given === undefined) throw new Error(`${path} takes nothing`);
  const input = 'schema' in given ? given.schema : given;
  return filled(z.toJSONSchema(input, { io: 'input' }) as InputSchema, 'id', ids);
}

function filled(schema: InputSchema, name: string, ids: ForeignIds): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  // What may be null is not, and the longest form of what may come in several is the one with ids in it.
  if (choices !== undefined) return filled(choices.find(isTelling) ?? choices[0] ?? {}, name, ids);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, part]) => [key, filled(part, key, ids)]),
      );
    case 'array':
      return [filled(schema.items ?? {}, name, ids)];
    case 'integer':
    case 'number':
      return name === 'protocol' ? 3 : Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return textFor(schema, name, ids);
  }
}

function isTelling({ type, const: fixed }: InputSchema): boolean {
  return type !== 'null' && fixed === undefined;
}

function textFor({ format, pattern = '' }: InputSchema, name: string, ids: ForeignIds): string {
  if (name === 'scope' || name === 'scopes') return `site:${ids['siteId'] ?? ids.id}`;
  if (format === 'uuid' || pattern.includes('0-9a-f')) {
    if (pattern.includes('{64}')) return ids['hash'] ?? 'c'.repeat(64);
    return ids[name] ?? ids[camel(name)] ?? ids.id;
  }
  if (name === 'currency') return 'EUR';
  if (name === 'entity') return 'location';
  return ids[name] ?? 'abcdefghij';
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
