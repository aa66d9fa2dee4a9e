import { must } from '../../shared/domain/assert.ts';

/** Of a text field of an entity. */
export function maxLength(field: { maxLength: number | null }): number {
  return must(field.maxLength, 'length limit');
}
