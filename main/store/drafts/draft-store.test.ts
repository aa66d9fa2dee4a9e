import { expect, test } from 'vitest';
import { DRAFT_LENGTH_MAX, draftKeyField, DRAFTS_MAX } from '../../../shared/desktop/drafts.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { WorkStore } from '../work-store.ts';

const tempFolder = useTempFolders();

test('a draft is there again after a restart, and gone once it is removed', () => {
  const folder = tempFolder();
  const first = WorkStore.open(folder, () => 'id');
  first.drafts.put({ key: 'product-note:7', value: { text: 'Ünfinished', pinned: null } }, 10);
  first.drafts.put({ key: 'product-note:7', value: { text: 'Finished?', pinned: true } }, 20);
  first.close();
  const second = WorkStore.open(folder, () => 'id');
  expect(second.drafts.get('product-note:7')).toEqual({
    value: { text: 'Finished?', pinned: true },
    updatedAt: 20,
  });
  second.drafts.remove('product-note:7');
  expect(second.drafts.get('product-note:7')).toBeNull();
  second.close();
});

test('the drafts that were not touched for longest make room', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  for (let at = 0; at < DRAFTS_MAX; at++) work.drafts.put({ key: `form:${at}`, value: at }, at);
  work.drafts.put({ key: 'form:0', value: 'touched' }, DRAFTS_MAX);
  work.drafts.put({ key: 'form:new', value: null }, DRAFTS_MAX + 1);
  expect(work.drafts.get('form:1')).toBeNull();
  expect(work.drafts.get('form:0')?.value).toBe('touched');
  expect(work.drafts.get('form:2')?.value).toBe(2);
  work.close();
});

test('a draft that is too large is refused and leaves the one before', () => {
  const work = WorkStore.open(tempFolder(), () => 'id');
  work.drafts.put({ key: 'form', value: 'short' }, 1);
  expect(() => work.drafts.put({ key: 'form', value: 'x'.repeat(DRAFT_LENGTH_MAX) }, 2)).toThrow(
    expect.objectContaining({ code: 'TOO_LARGE' }),
  );
  expect(work.drafts.get('form')?.value).toBe('short');
  work.close();
});

test.each(['', 'Form', 'form:', 'form::a', 'form: a', '../form', `form:${'a'.repeat(200)}`])(
  '%j is no key',
  (key) => {
    expect(draftKeyField.safeParse(key).success).toBe(false);
  },
);
