import type { Person } from '../entities/person.ts';

/** What a count found changes the book, so not everybody who can count decides about it. */
export function mayApproveCounts({ role, active }: Pick<Person, 'role' | 'active'>): boolean {
  return active && (role === 'supervisor' || role === 'administrator');
}
