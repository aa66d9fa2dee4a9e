import { z } from 'zod';
import { detectConflicts } from '../sync/patterns/detect-conflicts.ts';
import { defineEntity, type RowOf } from './define-entity.ts';
import { idField, nameField } from './fields.ts';

export const ROLES = ['picker', 'counter', 'supervisor', 'administrator'] as const;

/** Somebody who works here. Never removed, because what they did bears their name: they become inactive. */
export const person = defineEntity({
  name: 'person',
  scope: 'catalogue',
  pattern: detectConflicts(),
  schema: z.strictObject({
    id: idField,
    name: nameField,
    role: z.enum(ROLES).default('picker'),
    active: z.boolean().default(true),
  }),
  sortBy: 'name',
});

export type Person = RowOf<typeof person>;
