import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { FakeDesktop } from '../testing/fake-desktop.ts';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { renderApp } from '../testing/render-app.tsx';

const PLACE = fakeLocationId(0, 0);

/** Two laptops changed the row; the server has judged. */
async function collide(
  desktop: FakeDesktop,
  mine: StoredRow | null,
  theirs: StoredRow | null,
): Promise<void> {
  await act(async () => {
    await desktop.app.records.write([
      mine === null
        ? { kind: 'remove', entity: 'location', id: PLACE }
        : { kind: 'update', entity: 'location', id: PLACE, fields: mine },
    ]);
    desktop.store.elsewhere('location', PLACE, theirs);
    desktop.sync.start('user');
    desktop.sync.finish();
  });
}

const MINE = { name: 'Bulk floor north', capacity: 140, blocked: 1 };
const THEIRS = { name: 'Bulk dock', capacity: 160 };

function sendAll(desktop: FakeDesktop): StoredRow | null {
  act(() => {
    desktop.sync.start('user');
    desktop.sync.finish();
  });
  expect(desktop.store.conflicts).toEqual([]);
  return desktop.store.row('location', PLACE);
}

it('has nothing to decide, and says what would be here', async () => {
  await renderApp('/sync/decisions');
  expect(await screen.findByRole('heading', { name: 'Nothing to decide' })).toBeTruthy();
});

it('shows the three versions of each field, and marks what differs by more than colour', async () => {
  const { desktop } = await renderApp('/sync/decisions');
  await collide(desktop, MINE, THEIRS);
  const name = within(await screen.findByRole('group', { name: 'Name' }));
  expect(name.getByText('Before').parentElement?.textContent).toContain('Bulk floor');
  expect(name.getByRole('radio', { name: /^Mine Bulk floor north/ })).toBeTruthy();
  expect(name.getByText('north').tagName).toBe('MARK');
  expect(name.getByText('dock').tagName).toBe('MARK');
  // What nobody else changed was not asked about: it is on the server already.
  expect(screen.queryByRole('group', { name: 'Blocked' })).toBeNull();
  expect(screen.getByText('2 things need you')).toBeTruthy();
});

it('takes a choice per field, and says before what it will do', async () => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, MINE, THEIRS);
  const name = within(await screen.findByRole('group', { name: 'Name' }));
  const capacity = within(screen.getByRole('group', { name: 'Capacity' }));
  await user.click(name.getByRole('radio', { name: /^Mine/ }));
  expect(screen.getByText(/Choose a value for 1 more field\./)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  expect(document.activeElement).toBe(capacity.getByRole('radio', { name: /^Mine/ }));
  expect(desktop.calls.filter((call) => call.startsWith('resolve'))).toEqual([]);

  await user.click(capacity.getByRole('radio', { name: /^On the server/ }));
  expect(
    screen.getByText(
      /The server’s row will get yours: Name\. The server’s value stays: Capacity\..*The other fields stay/,
    ),
  ).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  const words = await screen.findByText('Decided: A-01-1');
  expect(document.activeElement).toBe(words);
  expect(sendAll(desktop)).toMatchObject({
    name: 'Bulk floor north',
    capacity: 160,
    blocked: 1,
  });
});

it('takes a typed value by the rules of the field', async () => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, { capacity: 140 }, { capacity: 160 });
  const capacity = within(await screen.findByRole('group', { name: 'Capacity' }));
  await user.click(capacity.getByRole('radio', { name: 'Another value' }));
  const input = capacity.getByLabelText('Another value for Capacity');
  await user.clear(input);
  await user.type(input, 'many');
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  expect(await screen.findByText('Enter a whole number.')).toBeTruthy();
  await user.clear(input);
  await user.type(input, '150{Enter}');
  await waitFor(() => expect(desktop.calls).toContain('resolve [{"merged":150}]'));
  expect(sendAll(desktop)).toMatchObject({ capacity: 150 });
});

it('decides a row with the keyboard alone', async () => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, MINE, THEIRS);
  const all = await screen.findByRole('button', { name: 'All from the server' });
  all.focus();
  await user.keyboard('{Enter}');
  screen.getByRole('button', { name: 'Apply decision' }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(desktop.calls).toContain('resolve ["theirs","theirs"]'));
  expect(sendAll(desktop)).toMatchObject(THEIRS);
  // What the person wrote is still there to be read.
  expect(desktop.store.operations[0]?.changes[0]?.change).toMatchObject({ to: MINE });
});

it.each([
  ['mine', 'Keep mine: it comes back with your changes.', { name: 'Bulk floor north' }],
  ['theirs', /^Keep theirs: it stays deleted/, null],
] as const)('decides about a row that somebody deleted: %s', async (_, choice, left) => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, { name: 'Bulk floor north' }, null);
  expect(await screen.findByText(/Someone deleted this record while you edited it/)).toBeTruthy();
  await user.click(screen.getByRole('radio', { name: choice }));
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  expect(await screen.findByText('Decided: A-01-1')).toBeTruthy();
  const row = sendAll(desktop);
  if (left) expect(row).toMatchObject(left);
  else expect(row).toBeNull();
});

it.each([
  ['mine', /^Keep mine: it is deleted/, true],
  ['theirs', /^Keep theirs: it stays/, false],
] as const)('decides about a deleted row that somebody edited: %s', async (_, choice, isGone) => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, null, { note: 'New beam fitted' });
  expect(await screen.findByText('Someone changed this record that you deleted.')).toBeTruthy();
  await user.click(screen.getByRole('radio', { name: choice }));
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  await screen.findByText('Decided: A-01-1');
  expect(sendAll(desktop) === null).toBe(isGone);
});

it('keeps the choices when the app refuses the decision', async () => {
  const { desktop, user } = await renderApp('/sync/decisions');
  await collide(desktop, { capacity: 140 }, { capacity: 160 });
  const mine = await screen.findByRole('radio', { name: /^Mine/ });
  await user.click(mine);
  const [conflict] = desktop.store.conflicts;
  if (!conflict) throw new Error('no conflict');
  desktop.store.conflicts = [];
  await user.click(screen.getByRole('button', { name: 'Apply decision' }));
  expect(await screen.findByText('This record is not there any more')).toBeTruthy();
  expect((mine as HTMLInputElement).checked).toBe(true);
});
