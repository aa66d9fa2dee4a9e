import type { Person } from '../../shared/entities/person.ts';

const PEOPLE = [
  ['Martha Ellwood', 'picker'],
  ['Jürgen Brandhofer', 'counter'],
  ['Lucía Herrera Montes', 'supervisor'],
  ['Анна Соколова', 'administrator'],
] as const;

/** One of each role, each with a name of another language. */
export function makePeople(newId: () => string): readonly Person[] {
  return PEOPLE.map(([name, role]) => ({ id: newId(), name, role, active: true }));
}
