import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp, TEST_NOW } from '../testing/render-app.tsx';

const DAY_MS = 24 * 60 * 60_000;
const attention = (): HTMLElement => screen.getByRole('region', { name: 'Needs attention' });

it('greets, says where one works, and leads to what is done most', async () => {
  await renderApp('/');
  expect(await screen.findByRole('heading', { level: 1, name: /^Good/ })).toBeTruthy();
  expect(screen.getByText('Working at North Hall, Harbour Depot')).toBeTruthy();
  const tiles = within(screen.getByRole('navigation', { name: 'Start' }));
  expect(tiles.getByRole('link', { name: 'Catalogue' }).getAttribute('href')).toBe('#/catalogue');
});

it('searches the catalogue for what is typed', async () => {
  const { user } = await renderApp('/');
  await user.type(
    await screen.findByRole('searchbox', { name: 'Search products' }),
    'glove{Enter}',
  );
  const field = await screen.findByRole('combobox', { name: 'Search products' });
  expect((field as HTMLInputElement).value).toBe('glove');
  await waitFor(() => {
    const rows = screen.getAllByRole('option');
    for (const row of rows) expect(row.textContent).toMatch(/glove/i);
  });
});

it('F32: lists what waits for a person, the most urgent first, and says how much is not sent', async () => {
  const { desktop, user } = await renderApp('/');
  await screen.findByRole('heading', { level: 1 });
  const sync = within(screen.getByRole('region', { name: 'Sync' }));
  expect(sync.getByText('Nothing waiting')).toBeTruthy();
  act(() => {
    desktop.sync.start('user');
    desktop.sync.finish({ outcome: 'error', code: 'SERVER_TIMEOUT' });
    desktop.sync.set({ pending: 3, attention: 1, conflicts: 2 });
  });
  expect(await sync.findByText('3 changes waiting')).toBeTruthy();
  const words = within(attention())
    .getAllByRole('link')
    .map((link) => link.textContent);
  expect(words.slice(0, 3)).toEqual([
    '2 conflicts to decide',
    '1 change refused by the server',
    expect.stringMatching(/^Last sync failed: /),
  ]);
  await user.click(within(attention()).getByRole('link', { name: '2 conflicts to decide' }));
  await waitFor(() => expect(window.location.hash).toBe('#/sync/decisions'));
});

it('F32: brings up work that nobody else knows of for more than a day', async () => {
  const { desktop } = await renderApp('/settings', { now: () => TEST_NOW - DAY_MS - 1 });
  await screen.findByRole('heading', { level: 1 });
  const [location] = await desktop.app.stock.locations({ siteId: null, text: 'A', limit: 1 });
  if (!location) throw new Error('the made-up data has no location');
  const { id, name } = location;
  await desktop.app.records.write([
    { kind: 'update', entity: 'location', id, fields: { name: 'Bulk' }, seen: { name } },
  ]);
  window.location.hash = '#/';
  expect(await screen.findByText(/^Work from (yesterday|1 day ago) is not sent yet$/)).toBeTruthy();
});

it('shows the way to a first sync while there is nothing, and home as soon as there is', async () => {
  const { desktop } = await renderApp('/', { start: 'empty' });
  expect(await screen.findByText('Welcome to Tallyman')).toBeTruthy();
  act(() =>
    desktop.sync.set({
      scopes: [
        {
          scope: 'catalogue',
          siteCode: null,
          name: null,
          version: 1,
          complete: true,
          rows: { product: 1 },
          verifiedAt: null,
        },
      ],
    }),
  );
  expect(await screen.findByRole('region', { name: 'Needs attention' })).toBeTruthy();
});
