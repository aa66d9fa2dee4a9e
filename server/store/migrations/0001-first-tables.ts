import { createEntityTable, type EntityTableSpec } from '../entity-table.ts';
import { TABLE_OPTIONS } from '../sqlite-dialect.ts';
import type { Migration } from './migration.ts';

/** Spelled out, not derived: what this migration makes must stay the same when entities change later. */
const TABLES: readonly EntityTableSpec[] = [
  {
    name: 'category',
    columns: {
      id: 'text',
      parent_id: 'text?',
      code: 'text?',
      name: 'text',
      sort_key: 'text',
      row_version: 'integer',
    },
    references: { parent_id: 'category' },
    indexes: [
      { columns: ['parent_id'], unique: false },
      { columns: ['sort_key', 'id'], unique: false },
    ],
  },
  {
    name: 'brand',
    columns: {
      id: 'text',
      code: 'text?',
      name: 'text',
      sort_key: 'text',
      row_version: 'integer',
    },
    references: {},
    indexes: [{ columns: ['sort_key', 'id'], unique: false }],
  },
  {
    name: 'site',
    columns: { id: 'text', code: 'text', name: 'text', sort_key: 'text', row_version: 'integer' },
    references: {},
    indexes: [
      { columns: ['code'], unique: true },
      { columns: ['sort_key', 'id'], unique: false },
    ],
  },
  {
    name: 'product',
    columns: {
      id: 'text',
      sku: 'text',
      name: 'text',
      description: 'text?',
      category_id: 'text?',
      brand_id: 'text?',
      unit: 'text',
      price_minor: 'integer?',
      currency: 'text?',
      min_stock: 'integer?',
      archived: 'integer',
      sort_key: 'text',
      row_version: 'integer',
    },
    references: { category_id: 'category', brand_id: 'brand' },
    indexes: [
      { columns: ['sku'], unique: true },
      { columns: ['category_id'], unique: false },
      { columns: ['brand_id'], unique: false },
      { columns: ['sort_key', 'id'], unique: false },
    ],
  },
  {
    name: 'barcode',
    columns: {
      id: 'text',
      product_id: 'text',
      code: 'text',
      pack_quantity: 'integer',
      row_version: 'integer',
    },
    references: { product_id: 'product' },
    indexes: [
      { columns: ['code'], unique: true },
      { columns: ['product_id'], unique: false },
    ],
  },
  {
    name: 'location',
    columns: {
      id: 'text',
      site_id: 'text',
      code: 'text',
      name: 'text?',
      zone: 'text?',
      row_version: 'integer',
    },
    references: { site_id: 'site' },
    indexes: [{ columns: ['site_id', 'code'], unique: true }],
  },
  {
    name: 'stock_level',
    columns: {
      id: 'text',
      site_id: 'text',
      product_id: 'text',
      location_id: 'text',
      quantity: 'integer',
      row_version: 'integer',
    },
    references: { site_id: 'site', product_id: 'product', location_id: 'location' },
    indexes: [
      { columns: ['product_id', 'location_id'], unique: true },
      { columns: ['location_id'], unique: false },
    ],
  },
];

export const firstTables: Migration = {
  name: '0001-first-tables',
  up: async (db, { makeEpoch }) => {
    await db.schema
      .createTable('server_meta')
      .addColumn('one', 'integer', (column) => column.primaryKey())
      .addColumn('server_id', 'text', (column) => column.notNull())
      .addColumn('server_name', 'text', (column) => column.notNull())
      .modifyEnd(TABLE_OPTIONS)
      .execute();
    await db.schema
      .createTable('sync_scope')
      .addColumn('scope_id', 'integer', (column) => column.primaryKey())
      .addColumn('scope', 'text', (column) => column.notNull().unique())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('floor_version', 'integer', (column) => column.notNull())
      .addColumn('row_count', 'integer', (column) => column.notNull())
      .addColumn('row_sum', 'integer', (column) => column.notNull())
      .modifyEnd(TABLE_OPTIONS)
      .execute();
    await db.schema
      .createTable('sync_change')
      .addColumn('scope_id', 'integer', (column) => column.notNull())
      .addColumn('entity', 'integer', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('operation', 'integer', (column) => column.notNull())
      .addColumn('row_hash', 'integer')
      .addPrimaryKeyConstraint('sync_change_key', ['scope_id', 'entity', 'id'])
      .modifyEnd(TABLE_OPTIONS)
      .execute();
    // The operation is in the index so that a page is chosen from the index alone.
    await db.schema
      .createIndex('sync_change_by_version')
      .on('sync_change')
      .columns(['scope_id', 'version', 'entity', 'id', 'operation'])
      .execute();
    for (const table of TABLES) await createEntityTable(db, table);
    await db
      .insertInto('server_meta')
      .values({ one: 1, server_id: makeEpoch(), server_name: 'Tallyman' })
      .execute();
    await db
      .insertInto('sync_scope')
      .values({
        scope_id: 1,
        scope: 'catalogue',
        epoch: makeEpoch(),
        version: 0,
        floor_version: 0,
        row_count: 0,
        row_sum: 0,
      })
      .execute();
  },
};
