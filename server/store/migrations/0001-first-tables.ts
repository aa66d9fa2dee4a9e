import { createEntityTable, type EntityTableSpec } from '../entity-table.ts';
import { createPlainTable, type PlainTableSpec } from '../plain-table.ts';
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

const PLAIN_TABLES: readonly PlainTableSpec[] = [
  {
    name: 'server_meta',
    columns: { one: 'integer', server_id: 'text', server_name: 'text' },
    key: ['one'],
  },
  {
    name: 'sync_scope',
    columns: {
      scope_id: 'integer',
      scope: 'text',
      epoch: 'text',
      version: 'integer',
      floor_version: 'integer',
      row_count: 'integer',
      row_sum: 'integer',
    },
    key: ['scope_id'],
    unique: 'scope',
  },
  {
    name: 'sync_change',
    columns: {
      scope_id: 'integer',
      entity: 'integer',
      id: 'text',
      version: 'integer',
      operation: 'integer',
      row_hash: 'integer?',
    },
    key: ['scope_id', 'entity', 'id'],
    indexes: [
      // The operation is in the index so that a page is chosen from the index alone.
      {
        name: 'sync_change_by_version',
        columns: ['scope_id', 'version', 'entity', 'id', 'operation'],
      },
    ],
  },
];

export const firstTables: Migration = {
  name: '0001-first-tables',
  up: async (db, { makeEpoch }) => {
    for (const table of PLAIN_TABLES) await createPlainTable(db, table);
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
