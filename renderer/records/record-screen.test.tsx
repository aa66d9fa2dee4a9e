import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { delivery } from '../../shared/entities/delivery.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp } from '../testing/render-app.tsx';
import { RecordScreen } from './record-screen.tsx';

/** A screen of an entity of a site, in the place of those that the accelerator adds. */
vi.mock('../entities/entity-screens.ts', async () => {
  const { IconTable } = await import('@tabler/icons-react');
  const Screen = () => <RecordScreen entity={delivery} />;
  return {
    ENTITY_SCREENS: [{ entity: 'delivery', path: '/entity/delivery', Icon: IconTable, Screen }],
  };
});

const writesOf = (calls: readonly string[]): unknown[] =>
  calls
    .filter((call) => call.startsWith('write '))
    .map((call) => JSON.parse(call.slice('write '.length)) as unknown);

it('lists rows of the chosen site with a column per column', async () => {
  const { user } = await renderApp('/entity/delivery');
  const table = within(await screen.findByRole('group', { name: 'Deliveries' }));
  const heads = table.getAllByRole('columnheader').map(({ textContent }) => textContent);
  expect(heads).toEqual(['Code', 'Supplier', 'State', 'Expected on', 'Note', 'Status', 'Edit']);
  expect(table.getByText('DEL-301')).toBeTruthy();
  expect(table.getByText('Expected')).toBeTruthy();
  await user.click(screen.getByRole('combobox', { name: 'Site' }));
  fireEvent.click(await screen.findByText('Harbour Depot (HARBOUR)'));
  expect(await screen.findByText('DEL-302')).toBeTruthy();
  expect(screen.queryByText('DEL-301')).toBeNull();
});

it('creates, edits, removes and takes back', async () => {
  const { user, desktop } = await renderApp('/entity/delivery');
  await user.click(await screen.findByRole('button', { name: 'New entry' }));
  const form = within(await screen.findByRole('dialog'));
  await user.type(form.getByLabelText('Code'), 'DEL-400{Enter}');
  // The state has no value that would go without saying.
  expect(await form.findByText('This is needed.')).toBeTruthy();
  await user.click(form.getByRole('combobox', { name: 'State' }));
  fireEvent.click(await screen.findByText('Arrived'));
  await user.type(form.getByLabelText('Code'), '{Enter}');
  expect(await screen.findByText('Created: DEL-400')).toBeTruthy();
  expect(await screen.findByText('Waiting to be sent')).toBeTruthy();

  await user.click(screen.getByRole('button', { name: 'Edit DEL-301' }));
  const edit = within(await screen.findByRole('dialog'));
  await user.type(edit.getByLabelText('Note'), 'Ramp 3');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByText('Saved: DEL-301')).toBeTruthy();

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Edit DEL-400' }));
  const open = within(await screen.findByRole('dialog'));
  await user.click(open.getByRole('button', { name: 'Remove' }));
  const question = within(await screen.findByRole('dialog', { name: 'Remove DEL-400?' }));
  await user.click(question.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('Removed: DEL-400')).toBeTruthy();
  await waitFor(() => expect(screen.queryByText('DEL-400')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('DEL-400')).toBeTruthy();

  expect(writesOf(desktop.calls).slice(0, 2)).toMatchObject([
    [{ kind: 'create', row: { site_id: fakeId(3, 0), code: 'DEL-400', state: 'arrived' } }],
    [{ kind: 'update', id: fakeId(10, 0), fields: { note: 'Ramp 3' }, seen: { note: null } }],
  ]);
});

it('leads from a row in conflict to the decisions', async () => {
  const { desktop } = await renderApp('/entity/delivery');
  const id = fakeId(10, 0);
  await desktop.app.records.write([
    { kind: 'update', entity: 'delivery', id, fields: { supplier: 'Mine' } },
  ]);
  desktop.store.elsewhere('delivery', id, { supplier: 'Theirs' });
  desktop.sync.start('user');
  desktop.sync.finish();
  const link = await screen.findByRole('link', { name: 'Needs your decision' });
  expect(link.getAttribute('href')).toBe('#/sync/decisions');
});

it('says so where no site is on the laptop', async () => {
  await renderApp('/entity/delivery', { start: 'empty' });
  expect(await screen.findByText('No site is on this laptop')).toBeTruthy();
});
