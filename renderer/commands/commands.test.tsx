import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { type RenderedApp, renderApp } from '../testing/render-app.tsx';

const path = (): string => window.location.hash;
/** Long enough for a key to have acted, if it were to. */
const quiet = async (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, DEFAULT_SCANNER.gapMs * 3));

async function openPalette({ user }: RenderedApp): Promise<HTMLElement> {
  await user.keyboard('{Control>}k{/Control}');
  return screen.findByRole('combobox', { name: /^Find an action/ });
}

function activeOption(field: HTMLElement): string {
  const id = field.getAttribute('aria-activedescendant') ?? '';
  const option = document.getElementById(id);
  expect(option?.getAttribute('aria-selected')).toBe('true');
  expect(field.getAttribute('aria-controls')).toBe(option?.closest('[role="listbox"]')?.id);
  return option?.textContent ?? '';
}

it('F27: the palette has every place, and goes there by keyboard alone', async () => {
  const app = await renderApp('/settings');
  const field = await openPalette(app);
  expect(document.activeElement).toBe(field);
  const places = within(screen.getByRole('group', { name: 'Go to' }));
  const rail = within(screen.getByRole('navigation', { name: 'Main', hidden: true }));
  for (const link of rail.getAllByRole('link', { hidden: true })) {
    expect(places.getByText(link.textContent)).toBeTruthy();
  }
  await app.user.keyboard('locat');
  expect(activeOption(field)).toContain('Locations');
  await app.user.keyboard('{Enter}');
  await waitFor(() => expect(path()).toBe('#/locations'));
  expect(screen.queryByRole('combobox', { name: /^Find an action/ })).toBeNull();
});

it('F27: the palette finds in spite of case, accents, gaps and the order of words', async () => {
  const app = await renderApp('/', { settings: { language: 'de' } });
  await screen.findByRole('heading', { level: 1, name: /^Guten/ });
  await app.user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: /^Aktion/ });
  for (const [typed, found] of [
    ['lagerplatze', 'Lagerplätze'],
    ['EINST', 'Einstellungen'],
    ['tstnkrzl', 'Tastenkürzel'],
    ['einschalten touch', 'Touch-Modus einschalten'],
  ] as const) {
    await app.user.clear(field);
    await app.user.type(field, typed);
    await waitFor(() => expect(activeOption(field)).toContain(found));
  }
  await app.user.clear(field);
  await app.user.type(field, 'qqqq');
  expect(await screen.findByText('Nichts gefunden zu „qqqq“')).toBeTruthy();
});

it('F27: the palette shows what was done last first', async () => {
  const app = await renderApp('/');
  await openPalette(app);
  expect(screen.queryByRole('group', { name: 'Recent' })).toBeNull();
  await app.user.keyboard('settings{Enter}');
  await screen.findByRole('heading', { level: 1, name: 'Settings' });
  const field = await openPalette(app);
  const recent = screen.getByRole('group', { name: 'Recent' });
  expect(within(recent).getAllByRole('option')).toHaveLength(1);
  expect(activeOption(field)).toContain('Settings');
});

it('F27: the palette finds products and locations of this laptop, a bounded number', async () => {
  const app = await renderApp('/');
  await openPalette(app);
  await app.user.keyboard('drill');
  const products = await screen.findByRole('group', { name: 'Products' });
  expect(within(products).getAllByRole('option')).toHaveLength(6);
  const [first] = within(products).getAllByRole('option');
  if (!first) throw new Error('no product was found');
  await app.user.click(first);
  await waitFor(() => expect(path()).toContain('/product/'));
  const heading = await screen.findByRole('heading', { level: 1 });
  expect(first.textContent).toContain(heading.textContent);

  await openPalette(app);
  await app.user.keyboard('a-01');
  const locations = await screen.findByRole('group', { name: 'Locations' });
  const [location] = within(locations).getAllByRole('option');
  if (!location) throw new Error('no location was found');
  await app.user.click(location);
  await screen.findByRole('heading', { level: 1, name: 'Locations' });
  const search = await screen.findByRole('searchbox');
  expect(location.textContent).toContain((search as HTMLInputElement).value);
});

it('F27: arrows go around in the palette, Escape closes it and gives the focus back', async () => {
  const app = await renderApp('/settings');
  const address = await screen.findByLabelText('Server address');
  address.focus();
  const field = await openPalette(app);
  const options = screen.getAllByRole('option').map((option) => option.textContent);
  expect(activeOption(field)).toBe(options[0]);
  await app.user.keyboard('{ArrowUp}');
  expect(activeOption(field)).toBe(options.at(-1));
  await app.user.keyboard('{ArrowDown}{ArrowDown}');
  expect(activeOption(field)).toBe(options[1]);
  await app.user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
  expect(document.activeElement).toBe(address);
});

it('F27: the cheat sheet has the keys of all that has keys', async () => {
  const { user } = await renderApp('/sync');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('?');
  const sheet = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
  const lines = sheet.getAllByRole('term').map((term) => term.parentElement?.textContent);
  expect(lines).toEqual(
    expect.arrayContaining([
      'Command paletteCtrlK',
      'Keyboard shortcuts?',
      'Search products/',
      'Sync nowCtrlShiftS',
      'HomeGthenH',
      'CatalogueGthenC',
    ]),
  );
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('F27: g and a letter go to a place, slash to the search', async () => {
  const { user } = await renderApp('/settings');
  await screen.findByRole('heading', { level: 1, name: 'Settings' });
  await user.keyboard('g');
  await quiet();
  await user.keyboard('s');
  await waitFor(() => expect(path()).toBe('#/sync'));
  await quiet();
  await user.keyboard('g');
  await quiet();
  await user.keyboard('h');
  await waitFor(() => expect(path()).toBe('#/'));
  const search = await screen.findByRole('searchbox', { name: 'Search products' });
  await quiet();
  await user.keyboard('/');
  await waitFor(() => expect(document.activeElement).toBe(search));
  await user.keyboard('drill{Enter}');
  const field = await screen.findByRole('combobox', { name: 'Search products' });
  expect([path(), (field as HTMLInputElement).value]).toEqual(['#/catalogue', 'drill']);
});

it('F27: no shortcut acts on what is typed, behind a dialog, or within a scan', async () => {
  const { user } = await renderApp('/settings');
  const address = await screen.findByLabelText('Server address');
  await user.clear(address);
  await user.type(address, 'g');
  await quiet();
  await user.type(address, 'h?/');
  await quiet();
  expect((address as HTMLInputElement).value).toBe('gh?/');
  address.blur();
  await quiet();
  // As a scanner types, which presses its first key like anybody else.
  await user.keyboard('?g/gh0123456789{Enter}');
  await quiet();
  expect([path(), screen.queryByRole('dialog')]).toEqual(['#/settings', null]);
  await user.keyboard('?');
  await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  await user.keyboard('g');
  await quiet();
  await user.keyboard('h');
  await quiet();
  expect(path()).toBe('#/settings');
});

it('F27: the first key of a scan does nothing, even where all others are taken by a scanner’s listener', async () => {
  await renderApp('/settings');
  await screen.findByRole('heading', { level: 1, name: 'Settings' });
  let isFirst = true;
  const take = (event: Event): void => {
    if (!isFirst) event.stopImmediatePropagation();
    isFirst = false;
  };
  document.documentElement.addEventListener('keydown', take, { capture: true });
  for (const key of ['?', '4', '0', '0', '6']) {
    const init = { key, code: key === '?' ? 'Slash' : `Digit${key}`, bubbles: true };
    fireEvent.keyDown(document.body, init);
    fireEvent.keyUp(document.body, init);
  }
  await quiet();
  document.documentElement.removeEventListener('keydown', take, { capture: true });
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('F30: single keys can be switched off, and then the cheat sheet says so (WCAG 2.1.4)', async () => {
  const { user, desktop } = await renderApp('/settings');
  await user.click(await screen.findByRole('switch', { name: /^Single-key shortcuts/ }));
  await waitFor(() => expect(desktop.app.settings.get().singleKeyShortcuts).toBe(false));
  await quiet();
  await user.keyboard('?');
  await quiet();
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('combobox', { name: /^Find an action/ });
  await user.keyboard('keyboard shortcuts{Enter}');
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(sheet).getByText(/Single-key shortcuts are switched off/)).toBeTruthy();
});
