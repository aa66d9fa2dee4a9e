import type { PersonName } from '../../shared/desktop/count-views.ts';

/** People that are not on this laptop have no name here. */
export function namesOf(people: readonly PersonName[]): string {
  return people.map(({ name }) => name ?? '?').join(', ');
}
