import { camelCase, type ColumnPlan, type EntityPlan } from '../entity-plan.ts';

const CODE = /^(code|sku|barcode)$|_code$/;
const NOTE = /^(note|text|description|comment|remark)s?$|_(note|text|description)$/;

/** The shared field types of `shared/entities/fields.ts`, or Zod itself. */
const SHARED_FIELDS = ['idField', 'nameField', 'codeField', 'noteField', 'quantityField'] as const;

function baseOf({ name, kind, choices }: ColumnPlan): string {
  switch (kind) {
    case 'ref':
      return 'idField';
    case 'boolean':
      return 'z.boolean()';
    case 'enum':
      return `z.enum([${choices.map((choice) => `'${choice}'`).join(', ')}])`;
    case 'integer':
      return name.endsWith('_at') ? 'z.int().min(0)' : 'quantityField';
    case 'text':
      if (CODE.test(name)) return 'codeField';
      return NOTE.test(name) ? 'noteField' : 'nameField';
  }
}

/** A column's type as it stands in the schema. */
export function fieldCode(column: ColumnPlan): string {
  const time = column.kind === 'integer' && column.name.endsWith('_at');
  const comment = time ? '/** UTC epoch milliseconds. */\n' : '';
  return `${comment}${column.name}: ${baseOf(column)}${column.nullable ? '.nullable()' : ''}`;
}

/** The shared field types that the entity uses. */
export function sharedFieldsOf({ columns }: EntityPlan): string[] {
  const used = new Set(['idField', ...columns.map(baseOf)]);
  return SHARED_FIELDS.filter((field) => used.has(field)).toSorted();
}

/** Ids are compared as text, so what a server procedure takes is brought to one spelling. */
export function idInputsOf({ columns }: EntityPlan): string {
  const ids = columns
    .filter(({ kind }) => kind === 'ref')
    .map(({ name, nullable }) => `${name}: idInput${nullable ? '.nullable()' : ''}`);
  return ['id: idInput', ...ids].join(', ');
}

/** What a row that takes another one back has the other way round. */
const AMOUNT = /(^|_)(quantity|amount)$/;

export function patternCode(plan: EntityPlan): string {
  const { pattern, child, conflicts } = plan;
  switch (pattern) {
    case 'oneToMany':
      return `oneToMany({ children: ['${child ?? ''}'], conflicts: '${conflicts}' })`;
    case 'appendOnly':
      return `appendOnly({ reverse: (row) => ({ ${reversedFields(plan).join(', ')} }) })`;
    case 'readOnly':
    case 'readOnlyDelta':
    case 'lastWriteWins':
    case 'detectConflicts':
      return `${pattern}()`;
  }
}

function reversedFields({ columns }: EntityPlan): string[] {
  const amounts = columns.filter(
    ({ name, kind, nullable }) => kind === 'integer' && !nullable && AMOUNT.test(name),
  );
  return [
    '...row',
    ...amounts.map(({ name }) => `${name}: -Number(row['${name}'])`),
    "reverses: row['id'] ?? null",
  ];
}

export function constantOf({ name }: EntityPlan): string {
  return camelCase(name);
}
