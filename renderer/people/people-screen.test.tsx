import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePersonId } from '../testing/fake-rows.ts';
import { renderApp } from '../testing/render-app.tsx';

const foot = (): HTMLElement => screen.getByRole('contentinfo');

it('lets somebody say who they are, and shows the name from then on', async () => {
  const { user, desktop } = await renderApp('/people');
  await user.click(await screen.findByRole('button', { name: /Jonas Weber/ }));
  expect(await within(foot()).findByText('Jonas Weber')).toBeDefined();
  expect(desktop.app.settings.get().personId).toBe(fakePersonId(1));
  expect(await screen.findByRole('heading', { level: 1, name: /^Good/ })).toBeDefined();
});

it('is done by keyboard alone: a part of the name, and Enter', async () => {
  const { user, desktop } = await renderApp('/people');
  await screen.findByRole('button', { name: /Ana Prieto/ });
  await user.type(screen.getByRole('searchbox', { name: 'Find a name' }), 'prie{Enter}');
  expect(await within(foot()).findByText('Ana Prieto')).toBeDefined();
  expect(desktop.app.settings.get().personId).toBe(fakePersonId(2));
});

it('somebody new starts with no network', async () => {
  const { user, desktop } = await renderApp('/people');
  desktop.setNetwork({ state: 'offline' });
  await user.click(await screen.findByRole('button', { name: 'Add somebody' }));
  await user.click(await screen.findByRole('button', { name: 'Start work' }));
  expect(await screen.findByText('This is needed.')).toBeDefined();
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Vera Novak');
  await user.click(screen.getByRole('button', { name: 'Start work' }));
  expect(await within(foot()).findByText('Vera Novak')).toBeDefined();
});

it('home asks who works here while nobody has said so', async () => {
  await renderApp('/', { settings: { personId: null } });
  const ask = await screen.findByRole('link', { name: /Say who you are/ });
  expect(ask.getAttribute('href')).toBe('#/people');
  expect(within(foot()).getByText('Who are you?')).toBeDefined();
});
