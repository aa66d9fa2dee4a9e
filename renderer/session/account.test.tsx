import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeId } from '../testing/fake-catalogue.ts';
import { FAKE_PASSWORD, fakePeople, signedInAs } from '../testing/fake-session.ts';
import { renderApp, type RenderedApp, TEST_NOW } from '../testing/render-app.tsx';

const DAY = 86_400_000;
const people = fakePeople(TEST_NOW);
const [mara] = people;
const session = signedInAs(mara, people);

async function openMenu({ user }: RenderedApp) {
  await user.click(screen.getByTitle('Your sign-in'));
  return within(await screen.findByRole('dialog', { name: 'Mara Lind, Supervisor' }));
}

it('the foot names who is signed in; the place to say who one is, is gone', async () => {
  await renderApp('/', { session });
  expect(screen.getByTitle('Your sign-in').textContent).toBe('Mara Lind Supervisor');
  expect(await screen.findByRole('heading', { level: 1, name: /Mara Lind/ })).toBeDefined();
  const places = within(screen.getByRole('navigation', { name: 'Main' }));
  expect(places.queryByRole('link', { name: 'People' })).toBeNull();
  expect(places.getByRole('link', { name: 'Account' })).toBeDefined();
  expect(places.queryByRole('link', { name: 'Administration' })).toBeNull();
});

it('an open server has no account', async () => {
  await renderApp('/');
  const places = within(screen.getByRole('navigation', { name: 'Main' }));
  expect(places.queryByRole('link', { name: 'Account' })).toBeNull();
  expect(places.getByRole('link', { name: 'People' })).toBeDefined();
});

it('locks by its keys; the person who locked it is asked for the PIN', async () => {
  const { user } = await renderApp('/', { session });
  await user.keyboard('{Control>}{Shift>}{L}{/Shift}{/Control}');
  expect(await screen.findByLabelText('PIN of Mara Lind')).toBeDefined();
});

it('lets another person in: the lock then asks who it is', async () => {
  const app = await renderApp('/', { session });
  const menu = await openMenu(app);
  await app.user.click(menu.getByRole('button', { name: 'Switch person' }));
  expect(await screen.findByText('Choose your name.')).toBeDefined();
  expect(screen.queryByLabelText('PIN of Mara Lind')).toBeNull();
});

it('gives the keyboard back to what opened its menu', async () => {
  const app = await renderApp('/', { session });
  const opener = screen.getByTitle('Your sign-in');
  await openMenu(app);
  await app.user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(opener);
});

it('says before a sign-out what is unsent and what becomes of it', async () => {
  const app = await renderApp('/', { session });
  const menu = await openMenu(app);
  await app.user.click(menu.getByRole('button', { name: 'Sign out' }));
  expect(
    menu.getByText(/^2 changes of yours are not sent yet.*sent as the work of Mara Lind/),
  ).toBeDefined();
  await app.user.click(menu.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Who are you?' })).toBeDefined();
  expect(app.desktop.calls).toContain(`signOut ${mara.id}`);
});

it('changes the password, and says so if the old one is wrong', async () => {
  const { user, desktop } = await renderApp('/account', { session });
  await user.click(await screen.findByRole('button', { name: 'Change the password' }));
  await user.type(screen.getByLabelText('Your current password'), 'wrong');
  await user.type(screen.getByLabelText('New password'), 'short{Enter}');
  expect(await screen.findByText('Use at least 8 characters.')).toBeDefined();
  await user.type(screen.getByLabelText('New password'), ' but long enough{Enter}');
  expect(await screen.findByText(/Your current password is not right/)).toBeDefined();
  await user.clear(screen.getByLabelText('Your current password'));
  await user.type(screen.getByLabelText('Your current password'), `${FAKE_PASSWORD}{Enter}`);
  expect(await screen.findByText('The password is changed.')).toBeDefined();
  expect(desktop.calls.filter((call) => call === 'changePassword')).toHaveLength(2);
});

it('removes the PIN', async () => {
  const { user } = await renderApp('/account', { session });
  await user.click(await screen.findByRole('button', { name: 'Change the PIN' }));
  await user.click(screen.getByRole('button', { name: 'Remove the PIN' }));
  expect(await screen.findByText('The PIN is removed.')).toBeDefined();
  expect(screen.getByText(/^None: it takes the password/)).toBeDefined();
});

it('warns in time that the laptop will ask for the server', async () => {
  const withLease = (days: number) =>
    signedInAs({ ...mara, leaseEndsAt: TEST_NOW + days * DAY }, people);
  const { user, desktop } = await renderApp('/', { session: withLease(6.5) });
  expect(await screen.findByText('7 days left without the server.')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'All right' }));
  expect(screen.queryByText(/left without the server/)).toBeNull();
  desktop.session.set(withLease(2.5));
  expect(await screen.findByText('3 days left without the server.')).toBeDefined();
  desktop.session.set(withLease(14));
  await waitFor(() => expect(screen.queryByText(/left without the server/)).toBeNull());
});

it('tells the app that somebody is here, once in a while', async () => {
  const { user, desktop } = await renderApp('/', { session });
  await user.keyboard('{Shift}{Shift}{Shift}');
  await waitFor(() => expect(desktop.calls.filter((call) => call === 'touch')).toHaveLength(1));
});

it('sets after how long a laptop locks that was left alone', async () => {
  const { user, desktop } = await renderApp('/settings', { session });
  const choice = await screen.findByRole('combobox', { name: 'Lock when nobody was here for' });
  await user.selectOptions(choice, 'never');
  await waitFor(() => expect(desktop.app.settings.get().autoLockMinutes).toBeNull());
  await user.selectOptions(choice, '10');
  await waitFor(() => expect(desktop.app.settings.get().autoLockMinutes).toBe(10));
});

it('nothing is approved by somebody whose role does not let them', async () => {
  const [, jonas] = people;
  await renderApp(`/product/${fakeId(4, 7)}`, { session: signedInAs(jonas, people) });
  expect(screen.getByTitle('Your sign-in').textContent).toBe('Jonas Weber Counter');
});

it('says plainly where what signs people in is not encrypted, and only there', async () => {
  const notEncrypted = /^Not encrypted, because this system offers Tallyman no key store/;
  await renderApp('/account', { session, areSecretsEncrypted: false });
  expect(await screen.findByText(notEncrypted)).toBeDefined();
  const { desktop } = await renderApp('/account', { session });
  expect(await screen.findByText('Works without the server until')).toBeDefined();
  expect((await desktop.app.info()).areSecretsEncrypted).toBe(true);
  expect(screen.queryByText(notEncrypted)).toBeNull();
});
