import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { FakeDesktop } from '../testing/fake-desktop.ts';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { renderApp } from '../testing/render-app.tsx';

const PLACE = fakeLocationId(0, 2);

async function rename(desktop: FakeDesktop, name: string): Promise<string> {
  const { operationId } = await desktop.app.records.write([
    { kind: 'update', entity: 'location', id: PLACE, fields: { name } },
  ]);
  if (operationId === null) throw new Error('nothing was recorded');
  return operationId;
}

async function refuse(desktop: FakeDesktop): Promise<string> {
  const operationId = await rename(desktop, 'Returns');
  desktop.store.refuse(operationId, {
    state: 'rejected',
    reason: { code: 'FORBIDDEN', message: 'Only a keeper may rename a location.' },
    attempts: 2,
  });
  return operationId;
}

it('says that everything is sent, and counts nothing', async () => {
  await renderApp('/sync/waiting');
  expect(await screen.findByRole('heading', { name: 'Everything is sent' })).toBeTruthy();
  expect(screen.getByText('Nothing waiting')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save as CSV' })).toBeNull();
});

it('shows what waits, what it changes and whether it was sent, by itself', async () => {
  const { desktop } = await renderApp('/sync/waiting');
  await screen.findByRole('heading', { name: 'Everything is sent' });
  const operationId = await act(() => rename(desktop, 'Returns'));
  const item = within(await screen.findByRole('listitem', { name: /Location · Changed C-01-3/ }));
  expect(item.getByText('Waiting to be sent')).toBeTruthy();
  expect(item.getByText('Returns')).toBeTruthy();
  expect(item.queryByText(/attempt/)).toBeNull();
  act(() => {
    desktop.store.update(operationId, { sent: true, attempts: 3 });
    desktop.store.changed([]);
    desktop.sync.start('interval');
    desktop.sync.finish({ outcome: 'error', code: 'SERVER_BUSY' });
  });
  expect(await screen.findByText('Sent, no answer yet')).toBeTruthy();
  expect(screen.getByText('3 attempts')).toBeTruthy();
});

it('takes back what was not sent, says so, and keeps the keyboard there', async () => {
  const { desktop, user } = await renderApp('/sync/waiting');
  await act(() => rename(desktop, 'Returns'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  const words = await screen.findByText('Taken back: C-01-3');
  expect(document.activeElement).toBe(words);
  expect(await screen.findByRole('heading', { name: 'Everything is sent' })).toBeTruthy();
  expect(desktop.store.operations).toEqual([]);
});

it('takes back what the server has by recording the opposite', async () => {
  const { desktop, user } = await renderApp('/sync/waiting');
  await act(() => rename(desktop, 'Returns'));
  act(() => {
    desktop.sync.start('user');
    desktop.sync.finish();
  });
  const done = await screen.findByRole('region', { name: 'Finished lately' });
  await user.click(await within(done).findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back: C-01-3')).toBeTruthy();
  expect(desktop.store.operations.map(({ state }) => state)).toEqual(['applied', 'waiting']);
  expect(desktop.store.row('location', PLACE)?.['name']).toBe(null);
});

it('says why work was refused, and sends it again as it is', async () => {
  const { desktop, user } = await renderApp('/sync/waiting');
  const operationId = await act(() => refuse(desktop));
  const refused = within(await screen.findByRole('region', { name: 'Refused work' }));
  expect(refused.getByText('Refused by the server')).toBeTruthy();
  expect(refused.getByText(/You are not allowed to do this/)).toBeTruthy();
  expect(screen.getByText('1 refused')).toBeTruthy();
  await user.click(refused.getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(desktop.calls).toContain(`retry ${operationId}`));
  expect(await screen.findByText('Waits to be sent again: C-01-3')).toBeTruthy();
});

it('sends refused work again with what a person put right', async () => {
  const { desktop, user } = await renderApp('/sync/waiting');
  await act(() => refuse(desktop));
  await user.click(await screen.findByRole('button', { name: 'Correct and send' }));
  const dialog = within(await screen.findByRole('dialog'));
  const name = dialog.getByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Returns 2');
  await user.click(dialog.getByRole('button', { name: 'Correct and send' }));
  await waitFor(() => expect(desktop.store.row('location', PLACE)?.['name']).toBe('Returns 2'));
});

it('gives work up only after showing what is lost', async () => {
  const { desktop, user } = await renderApp('/sync/waiting');
  await act(() => refuse(desktop));
  await user.click(await screen.findByRole('button', { name: 'Discard' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('Returns')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Keep it' }));
  expect(desktop.calls.filter((call) => call.startsWith('discard'))).toEqual([]);

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await user.click(await screen.findByRole('button', { name: 'Discard for good' }));
  expect(await screen.findByText('Discarded: C-01-3')).toBeTruthy();
  // What it was stays to be read.
  expect(await screen.findByRole('region', { name: 'Finished lately' })).toBeTruthy();
});

it('saves what waits as files that support and spreadsheets can read', async () => {
  const { desktop, user, saved } = await renderApp('/sync/waiting');
  await act(() => rename(desktop, '=HYPERLINK("x")'));
  await user.click(await screen.findByRole('button', { name: 'Save as CSV' }));
  await user.click(screen.getByRole('button', { name: 'Save as JSON' }));
  await waitFor(() =>
    expect(saved.map(({ name }) => name)).toEqual([
      'tallyman-work-2026-06-01.csv',
      'tallyman-work-2026-06-01.json',
    ]),
  );
  expect(saved[0]?.text).toContain('2026-06-01T12:00:00.000Z,waiting,false,0,location,update,');
  expect(JSON.parse(saved[1]?.text ?? '')).toMatchObject([
    { state: 'waiting', fields: { name: '=HYPERLINK("x")' } },
  ]);
});
