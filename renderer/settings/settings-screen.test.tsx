import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/desktop/settings.ts';
import { renderApp } from '../testing/render-app.tsx';

it('saves the server address, and refuses one with a password in it', async () => {
  const { user, desktop } = await renderApp('/settings');
  const address = await screen.findByLabelText('Server address');
  await user.clear(address);
  await user.type(address, 'https://mara:secret@host');
  await user.click(screen.getByRole('button', { name: 'Save and check' }));
  expect(screen.getByText(/without user name or password/)).toBeTruthy();
  await user.clear(address);
  await user.type(address, 'https://host:8443/{Enter}');
  await waitFor(() =>
    expect(desktop.calls).toEqual(['settings {"serverUrl":"https://host:8443"}']),
  );
});

it('F29: switches the language at once', async () => {
  const { user } = await renderApp('/settings');
  await user.click(await screen.findByRole('combobox', { name: 'Language' }));
  fireEvent.click(await screen.findByText('Deutsch'));
  expect(await screen.findByRole('heading', { level: 1, name: 'Einstellungen' })).toBeTruthy();
  await waitFor(() => expect(document.documentElement.lang).toBe('de'));
});

it('F28: switches to dark colours at once', async () => {
  const { user } = await renderApp('/settings');
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await waitFor(() =>
    expect(document.documentElement.getAttribute('data-mantine-color-scheme')).toBe('dark'),
  );
});

it('changes automatic triggers by the names of the model', async () => {
  const { user, desktop } = await renderApp('/settings');
  await user.click(await screen.findByRole('switch', { name: /When the server can be reached/ }));
  await user.click(screen.getByRole('switch', { name: /Try again after a failure/ }));
  const wait = await screen.findByLabelText('Wait before the first retry');
  await user.clear(wait);
  await user.type(wait, '45');
  expect(desktop.calls).toHaveLength(2);
  await user.tab();
  await waitFor(() =>
    expect(desktop.calls).toEqual([
      'settings {"sync":{"syncOnOnline":true}}',
      'settings {"sync":{"retryOnError":true}}',
      'settings {"sync":{"retryIntervalInSeconds":45}}',
    ]),
  );
});

it('offers the numbers of a retry only while failures are tried again', async () => {
  const { user, desktop } = await renderApp('/settings', {
    settings: { sync: { ...DEFAULT_SETTINGS.sync, retryOnError: true } },
  });
  const names = [
    'Wait before the first retry',
    'Each wait is longer by the factor',
    'Longest wait between retries',
    'Retries before giving up',
  ];
  const values = ['60', '1.5', '600', '8'];
  for (const [at, name] of names.entries()) {
    const field = await screen.findByLabelText(name);
    await user.clear(field);
    await user.type(field, `${values[at] ?? ''}{Enter}`);
  }
  await waitFor(() =>
    expect(desktop.app.settings.get().sync).toMatchObject({
      retryIntervalInSeconds: 60,
      backoffFactor: 1.5,
      maxBackoffSeconds: 600,
      maxRetries: 8,
    }),
  );
  await user.click(screen.getByRole('switch', { name: /Try again after a failure/ }));
  for (const name of names) {
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(name).disabled).toBe(true));
  }
  expect(screen.getByLabelText<HTMLInputElement>('Sync at regular intervals').disabled).toBe(false);
});

it('chooses sites, and never none', async () => {
  const { user, desktop } = await renderApp('/settings');
  await user.click(await screen.findByRole('radio', { name: 'Only these' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Harbour Depot (HARBOUR)' }));
  await waitFor(() => expect(desktop.app.settings.get().siteCodes).toEqual(['NORTH']));
  await user.click(screen.getByRole('checkbox', { name: 'North Hall (NORTH)' }));
  expect(await screen.findByText('Choose at least one site.')).toBeTruthy();
  expect(desktop.app.settings.get().siteCodes).toEqual(['NORTH']);
});

it('tells support what it asks for', async () => {
  await renderApp('/settings');
  expect(await screen.findByText('SQLite 3.54.1')).toBeTruthy();
  expect(screen.getByText('Browser tab')).toBeTruthy();
});

it('F5: sets sound, volume and flash, each by itself, and lets one try', async () => {
  const { user, desktop } = await renderApp('/settings');
  const feedback = () => desktop.app.settings.get().feedback;
  await user.click(await screen.findByRole('switch', { name: /^Colour flash/ }));
  await waitFor(() => expect(feedback()).toEqual({ sound: true, volume: 60, flash: false }));
  screen.getByRole('slider', { name: 'Volume' }).focus();
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(feedback().volume).toBe(70));
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('That is how a found code sounds')).toBeTruthy();
  await user.click(screen.getByRole('switch', { name: /^Sounds/ }));
  await waitFor(() => expect(feedback()).toEqual({ sound: false, volume: 70, flash: false }));
});

it('touch mode makes the whole app larger at once, also from the palette', async () => {
  const { user, desktop } = await renderApp('/settings');
  const isLarge = (): boolean => document.documentElement.hasAttribute('data-touch');
  await user.click(await screen.findByRole('switch', { name: /^Touch mode/ }));
  await waitFor(() => expect(isLarge()).toBe(true));
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('combobox', { name: /^Find an action/ });
  await user.keyboard('touch mode off{Enter}');
  await waitFor(() => expect(isLarge()).toBe(false));
  expect(desktop.app.settings.get().touchMode).toBe(false);
});
