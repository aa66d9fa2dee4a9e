import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../testing/render-app.tsx';

it('has an address per page, and keeps the keyboard on the link', async () => {
  const { user } = await renderApp('/sync');
  const pages = within(await screen.findByRole('navigation', { name: 'Sync pages' }));
  for (const [name, hash] of [
    ['Waiting work', '#/sync/waiting'],
    ['Decisions', '#/sync/decisions'],
    ['Log', '#/sync/log'],
    ['Overview', '#/sync'],
  ] as const) {
    pages.getByRole('link', { name }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toBe(hash));
    const link = pages.getByRole('link', { name });
    expect(link.getAttribute('aria-current')).toBe('page');
    expect(document.activeElement).toBe(link);
  }
});

it('counts what waits, was refused and must be decided, everywhere', async () => {
  const { desktop } = await renderApp('/');
  const place = (await screen.findByText('Sync')).closest('a');
  expect(place?.textContent).toBe('Sync');
  act(() => desktop.sync.set({ pending: 120 }));
  await waitFor(() => expect(place?.textContent).toBe('Sync99+120 changes waiting'));
  act(() => desktop.sync.set({ conflicts: 2, attention: 1 }));
  await waitFor(() => expect(place?.textContent).toBe('Sync33 things need you'));
  const bar = within(screen.getByRole('contentinfo'));
  expect(bar.getByText('2 conflicts')).toBeTruthy();
  expect(bar.getByText('1 refused')).toBeTruthy();
});

it('syncs by the shortcut, also from a field, once per press', async () => {
  const { desktop, user } = await renderApp('/settings');
  const address = await screen.findByLabelText('Server address');
  const text = (address as HTMLInputElement).value;
  await user.click(address);
  await user.keyboard('{Control>}{Shift>}{Alt>}s{/Alt}{/Shift}{/Control}');
  expect(desktop.calls).toEqual([]);
  await user.keyboard('{Control>}{Shift>}{s>3/}{/Shift}{/Control}');
  await waitFor(() => expect(desktop.calls).toEqual(['trigger full shortcut']));
  expect((address as HTMLInputElement).value).toBe(text);
});

it('does not sync by the shortcut where no server is set', async () => {
  const { desktop, user } = await renderApp('/settings', { start: 'empty' });
  await screen.findByLabelText('Server address');
  await user.keyboard('{Meta>}{Shift>}s{/Shift}{/Meta}');
  expect(desktop.calls).toEqual([]);
});

it('shows the shortcut on the button', async () => {
  await renderApp('/sync');
  const button = await screen.findByRole('button', { name: 'Sync now' });
  expect(button.title).toMatch(/^Shortcut: (Ctrl\+Shift\+S|⌘⇧S)$/);
  expect(button.getAttribute('aria-keyshortcuts')).toContain('Control+Shift+S');
});
