import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredRow } from '../entities/define-entity.ts';
import { location } from '../entities/location.ts';
import { productNote } from '../entities/product-note.ts';
import { toStored } from '../entities/stored-row.ts';
import { idOf, locationRow } from '../../tests/support/server-rows.ts';
import { judgeChange } from './judge-change.ts';
import { type LocalChange, rebase } from './merge.ts';

const ROW = toStored(locationRow(1));
const head = { entity: 'location', version: 1, id: idOf(1) };

function edit(from: StoredRow, to: StoredRow, base: StoredRow | null = ROW): LocalChange {
  return { change: { ...head, kind: 'update', from, to }, base };
}
const creation: LocalChange = { change: { ...head, kind: 'create', row: ROW }, base: null };
const removal: LocalChange = { change: { ...head, kind: 'remove', from: ROW }, base: ROW };

describe('what a person sees', () => {
  test('is the row of the server where nothing waits', () => {
    expect(rebase(location, ROW, [])).toBe(ROW);
    expect(rebase(location, null, [])).toBeNull();
  });

  test('is every waiting change on top of it, in order', () => {
    const changes = [
      edit({ zone: null }, { zone: 'A' }),
      edit({ zone: 'A', name: null }, { zone: 'B', name: 'Top' }),
    ];
    expect(rebase(location, ROW, changes)).toEqual({ ...ROW, zone: 'B', name: 'Top' });
    expect(rebase(location, null, [creation, ...changes])).toEqual({
      ...ROW,
      zone: 'B',
      name: 'Top',
    });
    expect(rebase(location, ROW, [...changes, removal])).toBeNull();
  });

  test('has what others did to other fields', () => {
    const news = { ...ROW, capacity: 9 };
    expect(rebase(location, news, [edit({ zone: null }, { zone: 'A' })])).toEqual({
      ...ROW,
      capacity: 9,
      zone: 'A',
    });
  });

  test('is the own last word on a field that will be asked about', () => {
    const news = { ...ROW, zone: 'theirs' };
    expect(rebase(location, news, [edit({ zone: null }, { zone: 'mine' })])?.['zone']).toBe('mine');
  });

  test('is the edited row even if somebody deleted it, until a person has decided', () => {
    expect(rebase(location, null, [edit({ zone: null }, { zone: 'A' })])).toEqual({
      ...ROW,
      zone: 'A',
    });
  });

  test('has a row that both have begun', () => {
    const theirs = { ...ROW, zone: 'theirs', capacity: 3 };
    expect(rebase(location, theirs, [creation])).toEqual(ROW);
  });
});

test('is what the server makes of it, if the policy needs nobody', () => {
  const text = fc.string({ maxLength: 3 });
  fc.assert(
    fc.property(text, text, text, (from, to, theirs) => {
      const id = idOf(1);
      const current = { id, text: theirs };
      const change = {
        entity: 'product_note',
        version: 1,
        id,
        kind: 'update' as const,
        from: { text: from },
        to: { text: to },
      };
      const verdict = judgeChange(productNote, change, current);
      const seen = rebase(productNote, current, [{ change, base: { id, text: from } }]);
      expect(seen).toEqual(verdict.kind === 'write' ? verdict.row : current);
    }),
  );
});
