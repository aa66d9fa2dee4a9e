import { flavourOf } from '../engine/flavour-of.ts';
import { createPlainTable, type PlainTableSpec } from '../plain-table.ts';
import type { Migration } from './migration.ts';

/** Times are UTC epoch milliseconds. */
const TABLES: readonly PlainTableSpec[] = [
  {
    name: 'account',
    columns: {
      person_id: 'text',
      login: 'text',
      password_hash: 'text',
      password_changed_at: 'integer',
      failures: 'integer',
      refused_until: 'integer?',
      created_at: 'integer',
      disabled_at: 'integer?',
    },
    key: ['person_id'],
    indexes: [{ columns: ['login'], unique: true }],
  },
  {
    name: 'membership',
    columns: { person_id: 'text', site_id: 'text', role: 'text' },
    key: ['person_id', 'site_id'],
    indexes: [{ columns: ['site_id'] }],
  },
  {
    name: 'session',
    columns: {
      session_id: 'text',
      person_id: 'text',
      device_id: 'text',
      token_hash: 'text',
      previous_hash: 'text?',
      rotated_at: 'integer',
      used_at: 'integer?',
      created_at: 'integer',
      expires_at: 'integer',
      ends_at: 'integer',
      ended_at: 'integer?',
      end_reason: 'text?',
    },
    key: ['session_id'],
    indexes: [{ columns: ['person_id'] }, { columns: ['device_id'] }],
  },
  {
    name: 'signing_key',
    columns: {
      kid: 'text',
      private_jwk: 'text',
      created_at: 'integer',
      retired_at: 'integer?',
    },
    key: ['kid'],
  },
  {
    name: 'device',
    columns: {
      device_id: 'text',
      name: 'text',
      platform: 'text',
      app_version: 'text',
      enrolled_at: 'integer',
      enrolled_by: 'text',
      last_seen: 'integer',
      last_person_id: 'text?',
      revoked_at: 'integer?',
      revoked_by: 'text?',
      cleared_at: 'integer?',
      health: 'text?',
      health_at: 'integer?',
    },
    key: ['device_id'],
  },
  {
    name: 'device_person',
    columns: { device_id: 'text', person_id: 'text', first_at: 'integer' },
    key: ['device_id', 'person_id'],
  },
  {
    name: 'audit',
    columns: {
      id: 'text',
      at: 'integer',
      action: 'text',
      person_id: 'text?',
      device_id: 'text?',
      delivered_by: 'text?',
      request_id: 'text?',
      site_id: 'text?',
      subject: 'text?',
      outcome: 'text',
      details: 'text?',
    },
    key: ['id'],
    indexes: [
      { columns: ['at', 'id'] },
      { columns: ['person_id', 'at'] },
      { columns: ['device_id', 'at'] },
      { columns: ['outcome', 'id'] },
    ],
  },
  {
    name: 'audit_removal',
    columns: { before_at: 'integer' },
    key: ['before_at'],
  },
  {
    name: 'quarantine',
    columns: {
      id: 'text',
      device_id: 'text',
      person_id: 'text?',
      received_at: 'integer',
      operation_id: 'text',
      operation: 'text',
    },
    key: ['id'],
    indexes: [{ columns: ['device_id', 'operation_id'], unique: true }],
  },
];

/** Accounts, memberships, sessions, laptops, and who did what. */
export const people: Migration = {
  name: '0006-people',
  up: async (db) => {
    for (const table of TABLES) await createPlainTable(db, table);
    await flavourOf(db).guardAudit(db);
  },
};
