import { expect, it } from 'vitest';
import { isListKey, nextActiveIndex } from './list-keys.ts';

const list = { length: 20, pageRows: 8 };
const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it('moves within the list and stops at its ends', () => {
  const from = (key: string, active: number): number | null => nextActiveIndex(key, active, list);
  expect(from('ArrowDown', -1)).toBe(0);
  expect(from('ArrowUp', -1)).toBe(19);
  expect(from('ArrowDown', 19)).toBe(19);
  expect(from('PageDown', 15)).toBe(19);
  expect(from('PageUp', 3)).toBe(0);
  expect(from('Home', 7)).toBe(0);
  expect(from('End', 7)).toBe(19);
  expect(from('a', 7)).toBeNull();
  expect(nextActiveIndex('End', -1, { length: 0, pageRows: 8 })).toBeNull();
});

it('leaves Home and End to the caret while a text is typed and no row is selected', () => {
  expect(isListKey({ ...plain, key: 'Home' }, -1, 'dri')).toBe(false);
  expect(isListKey({ ...plain, key: 'Home' }, 4, 'dri')).toBe(true);
  expect(isListKey({ ...plain, key: 'End' }, -1, '')).toBe(true);
  expect(isListKey({ ...plain, key: 'End', ctrlKey: true }, -1, 'dri')).toBe(true);
  expect(isListKey({ ...plain, key: 'ArrowDown', shiftKey: true }, 4, '')).toBe(false);
});
