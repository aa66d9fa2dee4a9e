import { createEntityTable, type EntityTableSpec } from '../entity-table.ts';
import { flavourOf } from '../engine/flavour-of.ts';
import { createPlainTable, type PlainTableSpec } from '../plain-table.ts';
import type { Migration } from './migration.ts';

const TABLES: readonly EntityTableSpec[] = [
  {
    name: 'product_note',
    columns: { id: 'text', text: 'text', row_version: 'integer' },
    references: { id: 'product' },
    indexes: [],
  },
  {
    name: 'stock_movement',
    columns: {
      id: 'text',
      site_id: 'text',
      kind: 'text',
      product_id: 'text',
      from_location_id: 'text?',
      to_location_id: 'text?',
      quantity: 'integer',
      reason: 'text?',
      reverses: 'text?',
      moved_at: 'integer',
      row_version: 'integer',
    },
    references: {
      site_id: 'site',
      product_id: 'product',
      from_location_id: 'location',
      to_location_id: 'location',
    },
    indexes: [
      { columns: ['product_id'], unique: false },
      { columns: ['from_location_id'], unique: false },
      { columns: ['to_location_id'], unique: false },
    ],
  },
  {
    name: 'delivery',
    columns: {
      id: 'text',
      site_id: 'text',
      code: 'text',
      supplier: 'text?',
      state: 'text',
      expected_at: 'integer?',
      note: 'text?',
      row_version: 'integer',
    },
    references: { site_id: 'site' },
    indexes: [{ columns: ['site_id', 'code'], unique: true }],
  },
  {
    name: 'delivery_line',
    columns: {
      id: 'text',
      site_id: 'text',
      delivery_id: 'text',
      product_id: 'text',
      expected: 'integer',
      received: 'integer',
      row_version: 'integer',
    },
    references: { site_id: 'site', delivery_id: 'delivery', product_id: 'product' },
    indexes: [
      { columns: ['delivery_id'], unique: false },
      { columns: ['product_id'], unique: false },
    ],
  },
];

const PLAIN_TABLES: readonly PlainTableSpec[] = [
  {
    name: 'sync_device',
    columns: {
      device_id: 'text',
      last_number: 'integer',
      first_seen: 'integer',
      last_seen: 'integer',
      protocol: 'integer',
    },
    key: ['device_id'],
  },
  {
    name: 'sync_mutation',
    columns: {
      device_id: 'text',
      number: 'integer',
      operation_id: 'text',
      fingerprint: 'text',
      outcome: 'text',
      answered_at: 'integer',
    },
    key: ['device_id', 'number'],
    // Not unique: a laptop that was copied sends what its twin has sent already, under a number of its own.
    indexes: [{ name: 'sync_mutation_by_operation', columns: ['operation_id'] }],
  },
];

/** What laptops write, and the answers that they got. */
export const push: Migration = {
  name: '0002-push',
  restamps: ['location'],
  up: async (db) => {
    for (const table of TABLES) await createEntityTable(db, table);
    const { text, integer } = flavourOf(db);
    await db.schema.alterTable('location').addColumn('capacity', integer).execute();
    await db.schema
      .alterTable('location')
      .addColumn('blocked', integer, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('location').addColumn('note', text).execute();
    for (const table of PLAIN_TABLES) await createPlainTable(db, table);
  },
};
