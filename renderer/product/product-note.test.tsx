import type { queries } from '@testing-library/react';
import { type BoundFunctions, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

const PRODUCT = fakeId(4, 7);

async function openNote(): Promise<RenderedApp & { note: BoundFunctions<typeof queries> }> {
  const app = await renderApp(`/product/${PRODUCT}`);
  const note = within(await screen.findByRole('region', { name: 'Note' }));
  await app.user.click(await note.findByRole('button', { name: 'Write a note' }));
  return { ...app, note };
}

it('writes the first note under the id of its product, then changes it, by keyboard', async () => {
  const { user, desktop, note } = await openNote();
  await user.keyboard('Fragile.{Control>}{Enter}{/Control}');
  expect(await note.findByText('Note saved.')).toBeTruthy();
  expect(note.getByText('Fragile.')).toBeTruthy();
  expect(await note.findByText('Waiting to be sent')).toBeTruthy();

  await user.click(note.getByRole('button', { name: 'Edit note' }));
  await user.type(note.getByRole('textbox'), ' Two hands.');
  await user.click(note.getByRole('button', { name: 'Save' }));
  expect(await note.findByText('Fragile. Two hands.')).toBeTruthy();
  const writes = desktop.calls
    .filter((call) => call.startsWith('write '))
    .map((call) => JSON.parse(call.slice('write '.length)) as unknown);
  expect(writes).toEqual([
    [{ kind: 'create', entity: 'product_note', id: PRODUCT, row: { text: 'Fragile.' } }],
    [
      {
        kind: 'update',
        entity: 'product_note',
        id: PRODUCT,
        fields: { text: 'Fragile. Two hands.' },
        seen: { text: 'Fragile.' },
      },
    ],
  ]);
});

it('gives up by Escape what was not changed, and nothing else', async () => {
  const { user, note } = await openNote();
  await user.keyboard('Half a');
  await user.keyboard('{Escape}');
  expect(note.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Half a');
  await user.clear(note.getByRole('textbox'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(note.queryByRole('textbox')).toBeNull());
  expect(window.location.hash).toBe(`#/product/${PRODUCT}`);
});

it('keeps the text when it could not be saved', async () => {
  const { user, desktop, note } = await openNote();
  desktop.app.records.write = async () => {
    throw new TallymanError('DISK_FULL', 'There is no space left.');
  };
  await user.keyboard('Fragile.{Control>}{Enter}{/Control}');
  expect(await note.findByText('The disk of this laptop is full')).toBeTruthy();
  expect(note.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Fragile.');
});
