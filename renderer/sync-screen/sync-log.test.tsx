import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { FakeDesktop } from '../testing/fake-desktop.ts';
import { renderApp } from '../testing/render-app.tsx';

function run(desktop: FakeDesktop, unit: 'full' | 'send', code?: 'SERVER_BUSY'): void {
  act(() => {
    desktop.sync.start('user', unit);
    desktop.sync.finish(code ? { outcome: 'error', code } : {});
  });
}

async function choose(
  user: { click: (element: Element) => Promise<void> },
  name: string,
  option: string,
): Promise<void> {
  await user.click(screen.getByRole('combobox', { name }));
  fireEvent.click(await screen.findByRole('option', { name: option, hidden: true }));
}

const rows = (): number =>
  within(screen.getByRole('group', { name: 'Log' })).getAllByRole('row').length - 1;

it('says so when nothing has happened', async () => {
  await renderApp('/sync/log');
  expect(await screen.findByText('Nothing fits these filters.')).toBeTruthy();
});

it('lists runs and notices, and narrows them by unit and result', async () => {
  const { desktop, user } = await renderApp('/sync/log');
  await screen.findByText('Nothing fits these filters.');
  desktop.sync.note({ type: 'operationsResent', count: 1 });
  desktop.sync.note({ type: 'unitsDiscarded', units: ['catalogue', 'send'] });
  run(desktop, 'full');
  run(desktop, 'send', 'SERVER_BUSY');
  expect(await screen.findByText('The server had lost 1 change. It was sent again.')).toBeTruthy();
  expect(screen.getByText('Waiting syncs were dropped: Catalogue and My work')).toBeTruthy();
  await waitFor(() => expect(rows()).toBe(4));

  await choose(user, 'Result', 'Failed');
  await waitFor(() => expect(rows()).toBe(1));
  expect(within(screen.getByRole('group', { name: 'Log' })).getByText('My work')).toBeTruthy();
  await choose(user, 'Result', 'Notices');
  await waitFor(() => expect(rows()).toBe(2));
  await choose(user, 'Result', 'All results');
  await choose(user, 'What', 'Everything');
  await waitFor(() => expect(rows()).toBe(1));
});

it('shows older entries page by page, and saves all that fit the filter', async () => {
  const { desktop, user, saved } = await renderApp('/sync/log');
  await screen.findByText('Nothing fits these filters.');
  for (let count = 1; count <= 60; count++) desktop.sync.note({ type: 'operationsResent', count });
  run(desktop, 'full');
  await waitFor(() => expect(rows()).toBe(50));
  await user.click(screen.getByRole('button', { name: 'Show older' }));
  await waitFor(() => expect(rows()).toBe(61));
  expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull();

  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await user.click(screen.getByRole('button', { name: 'Save as JSON' }));
  await waitFor(() => expect(saved).toHaveLength(2));
  expect(saved[0]?.name).toBe('tallyman-sync-log-2026-06-01.csv');
  expect(saved[0]?.text.trim().split('\r\n')).toHaveLength(62);
  expect(saved[0]?.text).toContain('61,2026-06-01T12:00:00.000Z,run,full,user,complete,');
  expect(JSON.parse(saved[1]?.text ?? '')).toHaveLength(61);
});
