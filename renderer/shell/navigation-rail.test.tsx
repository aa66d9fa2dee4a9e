import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp } from '../testing/render-app.tsx';
import { PLACES, placePathOf } from './places.ts';

const here = (): (string | null)[] =>
  within(screen.getByRole('navigation', { name: 'Main' }))
    .getAllByRole('link')
    .filter((link) => link.getAttribute('aria-current') === 'page')
    .map((link) => link.getAttribute('href'));

it('has each path and each key once', () => {
  const paths = PLACES.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  const keys = PLACES.flatMap(({ goKey }) => goKey ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

it('says which place an address belongs to', () => {
  for (const { path } of PLACES) {
    expect(placePathOf(path)).toBe(path);
    if (path !== '/') expect(placePathOf(`${path}/1`)).toBe(path);
  }
  expect(placePathOf('/nowhere')).toBe('/');
  expect(placePathOf('/settings-of-old')).toBe('/');
});

it('marks the catalogue while one of its products is shown', async () => {
  await renderApp(`/product/${fakeId(4, 7)}`);
  await screen.findByRole('heading', { level: 1 });
  expect(here()).toEqual(['#/catalogue']);
});

it('shows home at every address that is none', async () => {
  await renderApp('/nowhere');
  expect(await screen.findByRole('heading', { level: 1, name: /^Good/ })).toBeTruthy();
  expect(here()).toEqual(['#/']);
});

it('hides the names, keeps them for screen readers, and remembers it', async () => {
  const { user, desktop } = await renderApp('/settings');
  await user.click(await screen.findByRole('button', { name: 'Show icons only' }));
  await waitFor(() => expect(desktop.app.settings.get().isRailCollapsed).toBe(true));
  expect(screen.getByRole('link', { name: 'Catalogue' }).title).toBe('Catalogue');
  await user.click(screen.getByRole('button', { name: 'Show names' }));
  await waitFor(() => expect(desktop.app.settings.get().isRailCollapsed).toBe(false));
});
