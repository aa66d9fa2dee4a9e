import { expect, it } from 'vitest';
import {
  draftProblems,
  type MovementDraft,
  movementOf,
  type Place,
  previewOf,
} from './movement-draft.ts';

const place = (id: string): Place => ({
  id,
  siteId: 'north',
  siteCode: 'NORTH',
  code: id.toUpperCase(),
  name: null,
  blocked: false,
});
const draft = (fields: Partial<MovementDraft>): MovementDraft => ({
  kind: 'receive',
  from: place('a-1'),
  to: null,
  quantity: 3,
  reason: '',
  cause: null,
  lot: '',
  expiresOn: null,
  serials: [],
  ...fields,
});

it('names what is missing, by field', () => {
  expect(draftProblems(draft({}))).toEqual({});
  expect(draftProblems(draft({ from: null, quantity: null }))).toEqual({
    location: 'location',
    quantity: 'quantity',
  });
  expect(draftProblems(draft({ kind: 'move' }))).toEqual({ toLocation: 'location' });
  expect(draftProblems(draft({ kind: 'move', to: place('a-1') }))).toEqual({
    toLocation: 'different',
  });
  expect(draftProblems(draft({ kind: 'adjust', quantity: 0 }))).toEqual({
    quantity: 'change',
    reason: 'reason',
  });
});

it.each([-1, 0, 1.5, 1_000_000_001, Number.NaN])('receives no quantity of %s', (quantity) => {
  expect(draftProblems(draft({ quantity }))).toEqual({ quantity: 'quantity' });
  expect(movementOf(draft({ quantity }), 'p')).toBeNull();
});

it('adjusts downwards with a reason', () => {
  const down = draft({ kind: 'adjust', quantity: -2, reason: ' Damaged ' });
  expect(movementOf(down, 'p')).toEqual({
    kind: 'adjust',
    productId: 'p',
    locationId: 'a-1',
    toLocationId: null,
    quantity: -2,
    reason: 'Damaged',
  });
  expect(previewOf(down, () => 10)).toEqual([{ code: 'A-1', before: 10, after: 8 }]);
});

it('shows both ends of a move', () => {
  const move = draft({ kind: 'move', to: place('b-2'), quantity: 4 });
  expect(previewOf(move, (id) => (id === 'a-1' ? 9 : 1))).toEqual([
    { code: 'A-1', before: 9, after: 5 },
    { code: 'B-2', before: 1, after: 5 },
  ]);
});
