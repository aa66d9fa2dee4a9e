import { expect, test } from 'vitest';
import { z } from 'zod';
import { serverRouter } from './router.ts';

interface ProcedureDefinition {
  inputs: readonly z.ZodType[];
  type: string;
}

/** tRPC shows the definition of a procedure under this name only. */
const DEFINITION = '_def';
const procedures = Object.entries(
  serverRouter[DEFINITION].procedures as unknown as Record<
    string,
    Record<typeof DEFINITION, ProcedureDefinition>
  >,
).map(([path, procedure]): [string, ProcedureDefinition] => [path, procedure[DEFINITION]]);

/** What a schema says of itself as JSON Schema; refinements do not show there. */
interface ObjectSchema {
  type?: string;
  additionalProperties?: ObjectSchema | false;
  propertyNames?: ObjectSchema;
  properties?: Record<string, ObjectSchema>;
  items?: ObjectSchema;
  anyOf?: ObjectSchema[];
  oneOf?: ObjectSchema[];
  maxItems?: number;
  maxLength?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
}

/** Places where an input would take keys that nobody knows, or anything without a bound. */
function openPlaces(schema: ObjectSchema, path: string): string[] {
  const problems: string[] = [];
  const isRecord = schema.propertyNames?.pattern !== undefined;
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    if (isRecord) problems.push(...openPlaces(schema.additionalProperties ?? {}, `${path}{}`));
    else problems.push(`${path} takes unknown keys`);
  }
  if (schema.type === 'array' && schema.maxItems === undefined) {
    problems.push(`${path} has no limit of items`);
  }
  const isChoice = schema.enum !== undefined || schema.const !== undefined;
  const isForm = schema.format !== undefined || schema.pattern !== undefined;
  if (schema.type === 'string' && schema.maxLength === undefined && !isForm && !isChoice) {
    problems.push(`${path} has no limit of length`);
  }
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    problems.push(...openPlaces(part, `${path}.${name}`));
  }
  if (schema.items) problems.push(...openPlaces(schema.items, `${path}[]`));
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    problems.push(...openPlaces(part, path));
  return problems;
}

test('the walk finds what is open', () => {
  const open = z.object({ a: z.string(), b: z.array(z.strictObject({})) });
  const found = openPlaces(z.toJSONSchema(open, { io: 'input' }) as ObjectSchema, 'x');
  expect(found).toEqual([
    'x takes unknown keys',
    'x.a has no limit of length',
    'x.b has no limit of items',
  ]);
});

test('the router has the procedures that were promised', () => {
  const paths = procedures.map(([path]) => path).filter((path) => !path.startsWith('entities.'));
  expect(paths.toSorted()).toEqual([
    'admin.audit.list',
    'admin.devices.list',
    'admin.devices.revoke',
    'admin.import',
    'admin.people.add',
    'admin.people.disable',
    'admin.people.enable',
    'admin.people.list',
    'admin.people.setPassword',
    'admin.people.update',
    'admin.quarantine.list',
    'admin.refused.list',
    'admin.sites.list',
    'auth.changePassword',
    'auth.me',
    'auth.quarantine',
    'auth.refresh',
    'auth.report',
    'auth.signIn',
    'auth.signOut',
    'catalogue.brands.list',
    'catalogue.brands.upsert',
    'catalogue.categories.list',
    'catalogue.categories.upsert',
    'catalogue.products.archive',
    'catalogue.products.byId',
    'catalogue.products.list',
    'catalogue.products.search',
    'catalogue.products.upsert',
    'catalogue.sites.list',
    'catalogue.sites.upsert',
    'stock.levels.list',
    'stock.levels.set',
    'stock.locations.list',
    'stock.locations.upsert',
    'stock.movements.list',
    'stock.movements.record',
    'sync.bucketRows',
    'sync.digests',
    'sync.follow',
    'sync.hello',
    'sync.poke',
    'sync.pull',
    'sync.push',
    'sync.snapshot',
  ]);
});

test('each entity with plain procedures can be listed and written', () => {
  const paths = procedures.map(([path]) => path).filter((path) => path.startsWith('entities.'));
  const entities = new Set(paths.map((path) => path.split('.')[1]));
  expect(entities.size).toBeGreaterThan(0);
  for (const entity of entities) {
    const own = paths.filter((path) => path.split('.')[1] === entity).toSorted();
    const list = `entities.${entity}.list`;
    expect([
      [list, `entities.${entity}.upsert`],
      [`entities.${entity}.append`, list],
    ]).toContainEqual(own);
  }
});

test.each(procedures)(
  '%s takes nothing unknown and nothing without a bound',
  (path, { inputs }) => {
    expect(inputs.length).toBe(1);
    for (const given of inputs) {
      const input = 'schema' in given ? (given.schema as z.ZodType) : given;
      const schema = z.toJSONSchema(input, { io: 'input' }) as ObjectSchema;
      expect(schema.type).toBe('object');
      expect(openPlaces(schema, path)).toEqual([]);
      expect(input.safeParse(undefined).success).toBe(false);
      expect(input.safeParse({ __proto__: null, constructor: 1 }).success).toBe(false);
    }
  },
);
