import { z } from 'zod';
import {
  type DeviceHealth,
  loginField,
  passwordField,
  roleField,
  type Role,
} from './auth-protocol.ts';
import type { ErrorCode } from '../errors.ts';

/** What administrators ask and tell the server. Times are UTC epoch milliseconds. */

/** Of one page of a list. */
const ADMIN_PAGE_MAX = 100;
const SITES_MAX = 1_000;

export const addPersonInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  login: loginField,
  password: passwordField,
  role: roleField,
  /** Ids. Empty for an administrator, who has all. */
  sites: z.array(z.uuid()).max(SITES_MAX),
});
export type AddPersonInput = z.output<typeof addPersonInput>;

export const updatePersonInput = z.strictObject({
  id: z.uuid(),
  role: roleField,
  sites: z.array(z.uuid()).max(SITES_MAX),
});
export type UpdatePersonInput = z.output<typeof updatePersonInput>;

export const setPasswordInput = z.strictObject({ id: z.uuid(), password: passwordField });
export type SetPasswordInput = z.output<typeof setPasswordInput>;
export const personIdInput = z.strictObject({ id: z.uuid() });
export const deviceIdInput = z.strictObject({ id: z.uuid() });

/** Newest first; `before` is the id of the last line of the page before. */
export const adminPageInput = z.strictObject({
  before: z.uuid().nullable(),
  limit: z.int().min(1).max(ADMIN_PAGE_MAX),
});
export type AdminPageInput = z.output<typeof adminPageInput>;

/** The id of a person, a laptop or of what a line is about, or the name of an action. */
const AUDIT_TEXT = /^[^\p{Cc}\p{Cs}]{1,100}$/u;

/** What lines are asked for. One thing at a time, because each has an index of its own. */
const auditFind = z.strictObject({
  by: z.enum(['person', 'device', 'action', 'subject']),
  value: z.string().regex(AUDIT_TEXT),
});
export type AuditFind = z.output<typeof auditFind>;

export const auditPageInput = adminPageInput.extend({ find: auditFind.nullable().default(null) });
export type AuditPageInput = z.output<typeof auditPageInput>;

export interface AdminPerson {
  id: string;
  name: string;
  /** Null for people without a sign-in. */
  login: string | null;
  role: Role;
  sites: readonly { id: string; code: string; role: Role }[];
  disabled: boolean;
  lastSeen: number | null;
}

export interface AdminDevice {
  id: string;
  name: string;
  platform: string;
  appVersion: string;
  enrolledAt: number;
  lastSeen: number;
  lastPerson: { id: string; name: string } | null;
  revokedAt: number | null;
  clearedAt: number | null;
  health: (DeviceHealth & { at: number }) | null;
  /** Operations of it that wait in quarantine. */
  quarantined: number;
}

export interface AdminSite {
  id: string;
  code: string;
  name: string;
  people: number;
  /** Rows of its scope. */
  rows: number;
  version: number;
}

/** An operation that the server refused for good. */
export interface RefusedOperation {
  /** Of its audit line: pages go on from it. */
  id: string;
  at: number;
  operationId: string;
  person: { id: string; name: string } | null;
  device: { id: string; name: string } | null;
  code: ErrorCode;
  message: string;
}

export interface QuarantinedOperation {
  id: string;
  receivedAt: number;
  device: { id: string; name: string };
  person: { id: string; name: string } | null;
  operationId: string;
  /** JSON. */
  operation: string;
}

export interface AuditLine {
  id: string;
  at: number;
  action: string;
  person: { id: string; name: string } | null;
  device: { id: string; name: string } | null;
  siteId: string | null;
  subject: string | null;
  outcome: string;
  details: Readonly<Record<string, unknown>> | null;
}

/** Larger files are imported with the server's own command. Written as JSON, this still fits into one request. */
export const ADMIN_IMPORT_BYTES_MAX = 1024 * 1024;

export const adminImportInput = z.strictObject({
  kind: z.enum(['products', 'locations', 'stock']),
  fileName: z.string().min(1).max(255),
  /** The text of a CSV, TSV or JSON Lines file. */
  text: z.string().max(ADMIN_IMPORT_BYTES_MAX),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  dryRun: z.boolean(),
});
export type AdminImportInput = z.output<typeof adminImportInput>;

/** Problems that are listed; all are counted. */
export const IMPORT_PROBLEMS_LISTED_MAX = 1_000;

export interface AdminImportOutput {
  lines: number;
  created: number;
  changed: number;
  unchanged: number;
  problems: readonly { line: number; reason: string }[];
  problemCount: number;
}
