import { sql, type Transaction } from 'kysely';
import { flavourOf } from '../engine/flavour-of.ts';
import { createEntityTable, type EntityTableSpec } from '../entity-table.ts';
import type { ServerDatabase } from '../server-database.ts';
import type { Migration } from './migration.ts';

const PHOTO_COLUMNS = {
  hash: 'text',
  bytes: 'integer',
  mime: 'text',
  width: 'integer',
  height: 'integer',
  caption: 'text?',
  person_id: 'text?',
  taken_at: 'integer',
  row_version: 'integer',
} as const;

const TABLES: readonly EntityTableSpec[] = [
  {
    name: 'person',
    columns: {
      id: 'text',
      name: 'text',
      role: 'text',
      active: 'integer',
      sort_key: 'text',
      row_version: 'integer',
    },
    references: {},
    indexes: [{ columns: ['sort_key', 'id'], unique: false }],
  },
  {
    name: 'stock_count',
    columns: {
      id: 'text',
      site_id: 'text',
      code: 'text',
      stage: 'integer',
      blind: 'integer',
      zone: 'text?',
      category_id: 'text?',
      abc: 'text?',
      due_at: 'integer?',
      repeat_days: 'integer?',
      counters: 'text',
      created_by: 'text?',
      approved_by: 'text?',
      approved_at: 'integer?',
      note: 'text?',
      row_version: 'integer',
    },
    references: { site_id: 'site' },
    indexes: [
      { columns: ['site_id', 'code'], unique: true },
      { columns: ['stage', 'approved_at'], unique: false },
    ],
  },
  {
    name: 'count_place',
    columns: {
      id: 'text',
      site_id: 'text',
      count_id: 'text',
      location_id: 'text',
      person_id: 'text?',
      done_at: 'integer?',
      row_version: 'integer',
    },
    references: { site_id: 'site', count_id: 'stock_count', location_id: 'location' },
    indexes: [
      { columns: ['count_id'], unique: false },
      { columns: ['location_id'], unique: false },
    ],
  },
  {
    name: 'count_observation',
    columns: {
      id: 'text',
      site_id: 'text',
      count_id: 'text',
      product_id: 'text',
      location_id: 'text',
      lot: 'text',
      serial: 'text',
      expires_on: 'integer?',
      round: 'integer',
      quantity: 'integer',
      seen_at: 'integer',
      person_id: 'text?',
      note: 'text?',
      reverses: 'text?',
      row_version: 'integer',
    },
    references: {
      site_id: 'site',
      count_id: 'stock_count',
      product_id: 'product',
      location_id: 'location',
    },
    indexes: [
      { columns: ['count_id'], unique: false },
      { columns: ['product_id'], unique: false },
      { columns: ['location_id'], unique: false },
    ],
  },
  {
    name: 'count_line',
    columns: {
      id: 'text',
      site_id: 'text',
      count_id: 'text',
      product_id: 'text',
      location_id: 'text',
      lot: 'text',
      serial: 'text',
      round: 'integer',
      cause: 'text?',
      note: 'text?',
      decided_by: 'text?',
      counted: 'integer?',
      book: 'integer?',
      seen_at: 'integer?',
      row_version: 'integer',
    },
    references: {
      site_id: 'site',
      count_id: 'stock_count',
      product_id: 'product',
      location_id: 'location',
    },
    indexes: [
      { columns: ['count_id'], unique: false },
      { columns: ['product_id', 'location_id'], unique: false },
      { columns: ['location_id'], unique: false },
    ],
  },
  {
    name: 'product_photo',
    columns: { id: 'text', product_id: 'text', ...PHOTO_COLUMNS },
    references: { product_id: 'product' },
    indexes: [{ columns: ['product_id'], unique: false }],
  },
  {
    name: 'site_photo',
    columns: {
      id: 'text',
      site_id: 'text',
      subject: 'text',
      subject_id: 'text',
      ...PHOTO_COLUMNS,
    },
    references: { site_id: 'site' },
    indexes: [{ columns: ['subject_id'], unique: false }],
  },
];

type Addition = readonly [
  table: string,
  column: string,
  type: 'text' | 'integer',
  otherwise?: string | number,
];

/** Those that have a value otherwise may not be null. */
const ADDITIONS: readonly Addition[] = [
  ['product', 'tracking', 'text', 'none'],
  ['product', 'tracks_expiry', 'integer', 0],
  ['product', 'reorder_to', 'integer'],
  ['product', 'abc', 'text'],
  ['barcode', 'pack_unit', 'text'],
  ['stock_level', 'lot', 'text', ''],
  ['stock_level', 'serial', 'text', ''],
  ['stock_level', 'expires_on', 'integer'],
  ['stock_movement', 'lot', 'text', ''],
  ['stock_movement', 'serial', 'text', ''],
  ['stock_movement', 'expires_on', 'integer'],
  ['stock_movement', 'cause', 'text'],
  ['stock_movement', 'person_id', 'text'],
  ['stock_movement', 'delivery_line_id', 'text'],
  ['stock_movement', 'count_id', 'text'],
];

const INDEXES: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['stock_level', ['expires_on']],
  ['stock_movement', ['person_id']],
  ['stock_movement', ['delivery_line_id']],
  ['stock_movement', ['count_id']],
];

/** People, counts, lots and serial numbers, photos. */
export const warehouseWork: Migration = {
  name: '0003-warehouse-work',
  restamps: ['product', 'barcode', 'stock_level', 'stock_movement'],
  up: async (db) => {
    for (const table of TABLES) await createEntityTable(db, table);
    for (const addition of ADDITIONS) await addColumn(db, addition);
    for (const [table, columns] of INDEXES) await addIndex(db, { table, columns });
    await db.schema.dropIndex('stock_level_by_product_id_and_location_id').execute();
    const key = ['product_id', 'location_id', 'lot', 'serial'];
    await addIndex(db, { table: 'stock_level', columns: key, isUnique: true });
  },
};

async function addColumn(
  db: Transaction<ServerDatabase>,
  [table, column, type, otherwise]: Addition,
): Promise<void> {
  await db.schema
    .alterTable(table)
    .addColumn(column, flavourOf(db)[type], (made) =>
      otherwise === undefined ? made : made.notNull().defaultTo(sql.lit(otherwise)),
    )
    .execute();
}

async function addIndex(
  db: Transaction<ServerDatabase>,
  {
    table,
    columns,
    isUnique = false,
  }: { table: string; columns: readonly string[]; isUnique?: boolean },
): Promise<void> {
  const index = db.schema
    .createIndex(`${table}_by_${columns.join('_and_')}`)
    .on(table)
    .columns([...columns]);
  await (isUnique ? index.unique() : index).execute();
}
