import { expect, it } from 'vitest';
import { delivery } from '../../shared/entities/delivery.ts';
import { location } from '../../shared/entities/location.ts';
import { productNote } from '../../shared/entities/product-note.ts';
import { changedFields, readForm, startForm } from './read-form.ts';
import { recordFields } from './record-fields.ts';

it('makes fields of an entity by its definition alone', () => {
  const kinds = (entity: Parameters<typeof recordFields>[0]): Record<string, string> =>
    Object.fromEntries(recordFields(entity).map(({ name, kind }) => [name, kind]));
  expect(kinds(location)).toEqual({
    site_id: 'site',
    code: 'text',
    name: 'text',
    zone: 'text',
    capacity: 'integer',
    blocked: 'boolean',
    note: 'longText',
  });
  expect(kinds(delivery)).toMatchObject({ state: 'choice', expected_at: 'time' });
});

it('starts with the defaults of the definition, and reads back what it shows', () => {
  const fields = recordFields(location, ['code', 'capacity', 'blocked', 'note']);
  const fresh = startForm(location, fields, {});
  expect(fresh).toEqual({ code: '', capacity: '', blocked: false, note: '' });
  const row = { code: 'A-1', capacity: 40, blocked: true, note: null };
  expect(readForm(location, fields, startForm(location, fields, row))).toEqual({
    row: { code: 'A-1', capacity: 40, blocked: 1, note: null },
    problems: {},
  });
});

it('says what is wrong with each field', () => {
  const fields = recordFields(location, ['site_id', 'code', 'name', 'capacity']);
  const typed = { site_id: '', code: 'x'.repeat(65), name: '  ', capacity: '3.5' };
  expect(readForm(location, fields, typed)).toEqual({
    row: { name: null },
    problems: { site_id: 'required', code: 'invalid', capacity: 'wholeNumber' },
  });
  expect(readForm(location, fields, { ...typed, capacity: '-1' }).problems['capacity']).toBe(
    'invalid',
  );
});

it('lets text that may be empty be empty', () => {
  expect(readForm(productNote, recordFields(productNote), { text: '' })).toEqual({
    row: { text: '' },
    problems: {},
  });
});

it('keeps a time to the minute through the field of date and time', () => {
  const at = Date.UTC(2026, 2, 29, 10, 15);
  const fields = recordFields(delivery, ['expected_at']);
  const typed = startForm(delivery, fields, { expected_at: at });
  expect(readForm(delivery, fields, typed).row).toEqual({ expected_at: at });
});

it('finds only what differs', () => {
  expect(changedFields({ a: 1, b: null, c: 'x' }, { a: 1, b: 2, c: 'x' })).toEqual({ b: 2 });
});
