import type { queries } from '@testing-library/react';
import { type BoundFunctions, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

const writesOf = (calls: readonly string[]): unknown[] =>
  calls
    .filter((call) => call.startsWith('write '))
    .map((call) => JSON.parse(call.slice('write '.length)) as unknown);

/** Opens the location that is found first, which is in Harbour Depot. */
async function open(
  code: string,
): Promise<RenderedApp & { panel: BoundFunctions<typeof queries> }> {
  const app = await renderApp('/locations');
  const field = await screen.findByRole('searchbox', { name: 'Find a location' });
  await app.user.type(field, code);
  await waitFor(() => expect(screen.getAllByRole('row').length).toBe(3));
  await app.user.keyboard('{Enter}');
  return { ...app, panel: within(await screen.findByRole('dialog')) };
}

it('changes only what was touched, and says what the person had seen', async () => {
  const { user, desktop, panel } = await open('A-04-1');
  await user.clear(panel.getByLabelText('Name'));
  await user.type(panel.getByLabelText('Name'), 'Corner{Enter}');
  expect(await screen.findByText('Saved: A-04-1')).toBeTruthy();
  expect(writesOf(desktop.calls)).toEqual([
    [
      {
        kind: 'update',
        entity: 'location',
        id: fakeLocationId(1, 12),
        fields: { name: 'Corner' },
        seen: { name: 'Bulk floor' },
      },
    ],
  ]);
  expect(await screen.findByText('Waiting to be sent')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back.')).toBeTruthy();
  await waitFor(() => expect(screen.queryByText('Waiting to be sent')).toBeNull());
});

it('blocks a location, and empties a field', async () => {
  const { user, desktop, panel } = await open('A-04-1');
  await user.click(panel.getByRole('checkbox', { name: 'Blocked' }));
  await user.clear(panel.getByLabelText('Name'));
  await user.click(panel.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved: A-04-1')).toBeTruthy();
  expect(writesOf(desktop.calls)).toMatchObject([[{ fields: { blocked: 1, name: null } }]]);
  const table = within(screen.getByRole('table'));
  expect(await table.findByText('Blocked')).toBeTruthy();
});

it('refuses a capacity that is no number, at its field', async () => {
  const { user, desktop, panel } = await open('A-04-1');
  await user.type(panel.getByLabelText('Capacity'), 'many{Enter}');
  expect(await panel.findByText('Enter a whole number.')).toBeTruthy();
  expect(panel.getByLabelText<HTMLInputElement>('Capacity').value).toBe('many');
  expect(writesOf(desktop.calls)).toEqual([]);
});

it('makes a location with its site and code', async () => {
  const { user, desktop } = await renderApp('/locations');
  await user.click(await screen.findByRole('button', { name: 'New location' }));
  const form = within(await screen.findByRole('dialog'));
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect((await form.findAllByText('This is needed.')).length).toBe(2);
  await user.click(form.getByRole('combobox', { name: 'Site' }));
  // The list above the table has the same sites.
  const [, north] = await screen.findAllByText('North Hall (NORTH)');
  if (north) fireEvent.click(north);
  await user.type(form.getByLabelText('Code'), 'Z-99-1{Enter}');
  expect(await screen.findByText('Created: Z-99-1')).toBeTruthy();
  expect(writesOf(desktop.calls)).toEqual([
    [
      {
        kind: 'create',
        entity: 'location',
        row: {
          site_id: fakeId(3, 0),
          code: 'Z-99-1',
          name: null,
          zone: null,
          capacity: null,
          blocked: 0,
          note: null,
        },
      },
    ],
  ]);
});

it('says in words why a location that is used cannot be removed, and removes one that is not', async () => {
  const { user, desktop, panel } = await open('A-04-1');
  await desktop.app.stock.record({
    kind: 'receive',
    productId: fakeId(4, 7),
    locationId: fakeLocationId(1, 12),
    toLocationId: null,
    quantity: 5,
    reason: null,
  });
  expect(await panel.findByText('Received into A-04-1')).toBeTruthy();
  await user.click(panel.getByRole('button', { name: 'Remove' }));
  const question = within(await screen.findByRole('dialog', { name: 'Remove A-04-1?' }));
  await user.click(question.getByRole('button', { name: 'Remove' }));
  expect(await question.findByRole('alert')).toBeTruthy();
  expect(await desktop.app.records.get({ entity: 'location', id: fakeLocationId(1, 12) })).not.toBe(
    null,
  );
  await user.click(question.getByRole('button', { name: 'Cancel' }));
  await user.click(panel.getByRole('button', { name: 'Undo: Received into A-04-1' }));
  await waitFor(() => expect(panel.queryByText('Received into A-04-1')).toBeNull());
  await user.click(panel.getByRole('button', { name: 'Remove' }));
  const again = within(await screen.findByRole('dialog', { name: 'Remove A-04-1?' }));
  await user.click(again.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Removed: A-04-1')).toBeTruthy();
});

it('says so where nothing fits', async () => {
  const { user } = await renderApp('/locations');
  await user.type(await screen.findByRole('searchbox', { name: 'Find a location' }), 'zzz');
  expect(await screen.findByText('No location fits “zzz”')).toBeTruthy();
});
