import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Language } from '../../shared/desktop/settings.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import de from '../i18n/de.json';
import en from '../i18n/en.json';
import es from '../i18n/es.json';
import ru from '../i18n/ru.json';
import { renderApp, TEST_NOW } from '../testing/render-app.tsx';

const TEXTS: Record<Language, typeof en.error> = {
  en: en.error,
  de: de.error,
  es: es.error,
  ru: ru.error,
};

it('starts a sync, shows it move, and cancels it', async () => {
  const { user, desktop } = await renderApp('/sync');
  await user.click(await screen.findByRole('button', { name: 'Sync now' }));
  act(() =>
    desktop.sync.progress({
      phase: 'receiving',
      siteName: 'North Hall',
      rowsReceived: 1_200,
      rowsTotal: 4_800,
      rowsPerSecond: 61_000,
    }),
  );
  const main = within(screen.getByRole('main'));
  expect(await main.findByText('Receiving: North Hall')).toBeTruthy();
  expect(main.getByText('1,200 of 4,800 rows')).toBeTruthy();
  expect(main.getByText('61,000 rows/s')).toBeTruthy();
  expect(main.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
  await user.click(screen.getByRole('button', { name: 'Cancel sync' }));
  expect(await main.findByText('Cancelled')).toBeTruthy();
  expect(desktop.calls.map((call) => call.split(' ')[0])).toEqual(['trigger', 'cancel']);
});

it('leaves the share out while the number of rows is not known', async () => {
  const { desktop } = await renderApp('/sync');
  await screen.findByRole('button', { name: 'Sync now' });
  act(() => void desktop.sync.start('interval'));
  const bars = await screen.findAllByRole('progressbar');
  for (const bar of bars) expect(bar.getAttribute('aria-valuenow')).toBeNull();
});

it('lists the runs with their counts, and says a result aloud', async () => {
  const { user, desktop } = await renderApp('/sync');
  await user.click(await screen.findByRole('button', { name: 'Sync now' }));
  act(() => {
    desktop.sync.progress({ rowsReceived: 1 });
    desktop.sync.finish();
  });
  expect(await screen.findByText('Sync complete. 1 row received.')).toBeTruthy();
  const runs = within(await screen.findByRole('group', { name: 'Last runs' }));
  expect(runs.getByText('Complete')).toBeTruthy();
  expect(runs.getByText('You')).toBeTruthy();
});

it.each(['en', 'de', 'es', 'ru'] as const)(
  'says every error and what to do in %s',
  async (language) => {
    const { desktop } = await renderApp('/sync', { settings: { language } });
    await screen.findByRole('heading', { level: 1 });
    for (const code of ERROR_CODES) {
      act(() => {
        desktop.sync.start('user');
        desktop.sync.finish({ outcome: 'error', code });
      });
      const { title, next } = TEXTS[language][code];
      // Not by role: that walks the whole page a hundred times.
      await waitFor(() => {
        const words = document.querySelector('main [role="alert"]')?.textContent;
        expect(words).toContain(title);
        expect(words).toContain(next);
      });
    }
  },
);

it('accepts a replaced server only after saying that nothing is lost', async () => {
  const { user, desktop } = await renderApp('/sync');
  await screen.findByRole('button', { name: 'Sync now' });
  act(() => {
    desktop.sync.start('interval');
    desktop.sync.finish({ outcome: 'error', code: 'SERVER_REPLACED' });
  });
  await user.click(await screen.findByRole('button', { name: 'Review and decide' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/Nothing on this laptop is deleted until/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Keep my data for now' }));
  expect(desktop.calls).toEqual([]);

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Review and decide' }));
  await user.click(await screen.findByRole('button', { name: 'Fetch everything anew' }));
  await waitFor(() => expect(desktop.calls).toEqual(['acceptServer', 'trigger full user']));
});

it('says what is offline and since when, and never with a dialog', async () => {
  const { desktop } = await renderApp('/sync');
  await screen.findByRole('button', { name: 'Sync now' });
  act(() => {
    desktop.setNetwork({ state: 'offline', cause: 'noLink', since: TEST_NOW - 3_600_000 });
    desktop.sync.set({ pending: 3 });
  });
  const status = within(screen.getByTestId('sync-status'));
  expect(await status.findByText('Offline')).toBeTruthy();
  expect(status.getByText(/^since /)).toBeTruthy();
  expect(screen.getAllByText('This laptop has no network connection.').length).toBeGreaterThan(0);
  // In the rail, on the page and in the status bar.
  expect(screen.getAllByText('3 changes waiting').length).toBe(3);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('says when the app itself is lost, and when it is back', async () => {
  const { connection } = await renderApp('/sync');
  act(() => connection.set('lost'));
  expect(await screen.findByText('Connection to the app lost.')).toBeTruthy();
  expect(screen.getByText('App not reachable')).toBeTruthy();
  act(() => connection.set('connected'));
  await waitFor(() => expect(screen.queryByText('Connection to the app lost.')).toBeNull());
});

it('shows what is on this laptop, and what is still catching up', async () => {
  const { desktop } = await renderApp('/sync');
  const [first] = desktop.sync.status().scopes;
  if (!first) throw new Error('the made-up status has no scopes');
  expect(await screen.findByRole('rowheader', { name: 'Harbour Depot' })).toBeTruthy();
  act(() => desktop.sync.set({ scopes: [{ ...first, complete: false, verifiedAt: null }] }));
  expect(await screen.findByText('Catching up')).toBeTruthy();
  expect(screen.getByText('not yet')).toBeTruthy();
});
