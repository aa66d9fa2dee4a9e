import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../shared/desktop/session-views.ts';
import { FAKE_PASSWORD, FAKE_PIN, fakePeople, signedInAs } from '../testing/fake-session.ts';
import { renderApp, type RenderedApp, TEST_NOW } from '../testing/render-app.tsx';

const people = fakePeople(TEST_NOW);
const [mara, jonas] = people;
const locked: SessionState = { kind: 'locked', reason: 'idle', person: mara, people };

const pinField = (): Promise<HTMLElement> => screen.findByLabelText('PIN of Mara Lind');
const nothingOfTheApp = (): void => {
  expect(screen.queryByRole('navigation', { name: 'Main' })).toBeNull();
  expect(screen.queryByRole('contentinfo')).toBeNull();
};
const inside = (): Promise<HTMLElement> => screen.findByRole('navigation', { name: 'Main' });
const foot = (): HTMLElement => screen.getByRole('contentinfo');

describe('signing in', () => {
  const session: SessionState = { kind: 'signedOut', people: [] };

  async function signIn({ user }: RenderedApp, password: string): Promise<void> {
    await user.type(await screen.findByRole('textbox', { name: 'Sign-in name' }), 'mara');
    await user.type(screen.getByLabelText('Password'), `${password}{Enter}`);
  }

  it('is done by keyboard, offers a PIN, and leads into the app', async () => {
    const app = await renderApp('/', { session });
    nothingOfTheApp();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Sign-in name' }));
    await signIn(app, FAKE_PASSWORD);
    await screen.findByRole('heading', { level: 1, name: /^Set a PIN, Mara/ });
    nothingOfTheApp();
    await app.user.type(screen.getByLabelText('New PIN'), '4711');
    await app.user.type(screen.getByLabelText('The same again'), '4712{Enter}');
    expect(await screen.findByText('The two are not the same.')).toBeDefined();
    await app.user.type(screen.getByLabelText('The same again'), '{Backspace}1{Enter}');
    await inside();
    expect(app.desktop.calls).toContain('setPin 4711');
    expect(within(foot()).getByText('Mara Lind')).toBeDefined();
  });

  it('goes on without a PIN for whoever wants none', async () => {
    const app = await renderApp('/', { session });
    await signIn(app, FAKE_PASSWORD);
    await app.user.click(await screen.findByRole('button', { name: 'Not now' }));
    await inside();
    expect(app.desktop.calls.filter((call) => call.startsWith('setPin'))).toEqual([]);
  });

  it('says what is wrong, clears the password, and keeps the name', async () => {
    const app = await renderApp('/', { session });
    await signIn(app, 'wrong');
    await waitFor(() =>
      expect(within(screen.getByRole('main')).getByRole('alert').textContent).toMatch(
        /name or the password is not right/,
      ),
    );
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    expect(screen.getByDisplayValue('mara')).toBeDefined();
    nothingOfTheApp();
  });

  it('shows the password to whoever asks, and says that capitals are locked', async () => {
    const { user } = await renderApp('/', { session });
    const field = await screen.findByLabelText<HTMLInputElement>('Password');
    expect(field.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show the password' }));
    expect(field.type).toBe('text');
    const press = createEvent.keyDown(field, { key: 'A' });
    Object.defineProperty(press, 'getModifierState', { value: () => true });
    fireEvent(field, press);
    expect(await screen.findByText('Caps Lock is on')).toBeDefined();
  });

  it('lets the server be changed until somebody has signed in', async () => {
    const { user, desktop } = await renderApp('/', { session });
    expect(await screen.findByText('https://tallyman.example.com')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Change' }));
    const address = await screen.findByRole('textbox', { name: 'Server address' });
    await user.clear(address);
    await user.type(address, 'https://other.example.com{Enter}');
    await waitFor(() =>
      expect(desktop.app.settings.get().serverUrl).toBe('https://other.example.com'),
    );
    await renderApp('/', { session: { kind: 'signedOut', people } });
    expect(screen.queryByRole('button', { name: 'Change' })).toBeNull();
  });
});

describe('a locked laptop', () => {
  it('has nothing of the app in the page, and names the people with what is unsent', async () => {
    await renderApp('/catalogue', { session: locked });
    nothingOfTheApp();
    expect(screen.getByText(/^Locked, because nobody was here/)).toBeDefined();
    const tile = screen.getByRole('button', { name: /Mara Lind/ });
    expect(tile.textContent).toMatch(/Supervisor/);
    expect(tile.textContent).toMatch(/2 changes not sent yet/);
  });

  it('opens by the PIN at the place where it was left', async () => {
    const { user } = await renderApp('/settings', { session: locked });
    await user.type(await pinField(), `${FAKE_PIN}{Enter}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeDefined();
  });

  it('opens by fingers too, and takes a digit back', async () => {
    const { user, desktop } = await renderApp('/', { session: locked });
    const field = (await pinField()) as HTMLInputElement;
    expect(field.type).toBe('password');
    const pad = within(screen.getByRole('group', { name: 'Digits' }));
    for (const digit of `${FAKE_PIN}9`.split('')) {
      await user.click(pad.getByRole('button', { name: digit }));
    }
    await user.click(pad.getByRole('button', { name: 'Delete the last digit' }));
    expect(field.value).toBe(FAKE_PIN);
    expect(document.activeElement).toBe(field);
    await user.click(pad.getByRole('button', { name: 'Unlock' }));
    await inside();
    expect(desktop.calls).toContain(`unlock ${mara.id}`);
  });

  it('says how many attempts are left, then how long to wait', async () => {
    const { user } = await renderApp('/', { session: locked });
    const field = await pinField();
    for (const left of [4, 3, 2, 1]) {
      await user.type(field, '1111{Enter}');
      const words = left === 1 ? '1 attempt is left' : `${left} attempts are left`;
      await waitFor(() =>
        expect(within(screen.getByRole('main')).getByRole('alert').textContent).toContain(words),
      );
    }
    await user.type(field, '1111{Enter}');
    await waitFor(() =>
      expect(within(screen.getByRole('main')).getByRole('alert').textContent).toContain('30 sec'),
    );
  });

  it('takes no scanned code for a PIN', async () => {
    const { desktop } = await renderApp('/', { session: locked });
    const field = (await pinField()) as HTMLInputElement;
    field.focus();
    let at = 0;
    for (const key of ['4', '0', '0', '6', '3', '8', '1', 'Enter']) {
      const event = new KeyboardEvent('keydown', {
        key,
        code: key === 'Enter' ? 'Enter' : `Digit${key}`,
        bubbles: true,
        cancelable: true,
      });
      Object.defineProperty(event, 'timeStamp', { value: (at += 5) });
      const isTyped = field.dispatchEvent(event);
      if (isTyped && key !== 'Enter')
        fireEvent.input(field, { target: { value: field.value + key } });
    }
    await waitFor(() => expect(field.value).toBe(''));
    expect(desktop.calls.filter((call) => call.startsWith('unlock'))).toEqual([]);
  });

  it('asks whoever has no PIN for the password, and lets others use theirs instead', async () => {
    const { user } = await renderApp('/', { session: locked });
    await user.click(await screen.findByRole('button', { name: /Jonas Weber/ }));
    expect(screen.getByText(/^There is no PIN for you/)).toBeDefined();
    // Who they are was said with the tile.
    expect(screen.queryByRole('textbox', { name: 'Sign-in name' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    await user.click(screen.getByRole('button', { name: /Mara Lind/ }));
    await user.click(screen.getByRole('button', { name: 'Sign in with the password instead' }));
    expect(screen.getByLabelText('Password')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Somebody else' }));
    expect(screen.getByRole('textbox', { name: 'Sign-in name' })).toBeDefined();
  });

  it('takes the password alone of whoever it knows, says where it is wrong, and keeps who it is for', async () => {
    const { user, desktop } = await renderApp('/', { session: locked });
    await user.click(await screen.findByRole('button', { name: /Jonas Weber/ }));
    await user.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    expect(await screen.findByText(/name or the password is not right/)).toBeDefined();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')));
    await user.type(screen.getByLabelText('Password'), `${FAKE_PASSWORD}{Enter}`);
    await user.click(await screen.findByRole('button', { name: 'Not now' }));
    await inside();
    expect(desktop.calls.filter((call) => call.startsWith('signIn'))).toEqual([
      'signIn jonas',
      'signIn jonas',
    ]);
    expect(within(foot()).getByText('Jonas Weber')).toBeDefined();
  });

  it('asks for the name too where none was kept', async () => {
    const unknown = { ...jonas, login: null };
    const session: SessionState = { ...locked, people: [mara, unknown] };
    const { user } = await renderApp('/', { session });
    await user.click(await screen.findByRole('button', { name: /Jonas Weber/ }));
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Sign-in name' }));
  });

  it('takes the password alone once the server was away for too long', async () => {
    const ended = { ...mara, leaseEndsAt: TEST_NOW - 1 };
    const session = { kind: 'locked', reason: 'lease', person: ended, people: [ended] } as const;
    await renderApp('/', { session });
    expect(screen.getByText(/not reached the server for too long/)).toBeDefined();
    expect(screen.getByLabelText('Password')).toBeDefined();
    expect(screen.queryByLabelText('PIN of Mara Lind')).toBeNull();
  });

  it('locks over work under way and gives it back to the same person; another begins at home', async () => {
    const { user, desktop } = await renderApp('/catalogue', { session: signedInAs(mara, people) });
    const search = await screen.findByPlaceholderText('Name, SKU, brand or barcode');
    await user.type(search, 'grinder');
    desktop.session.set(locked);
    await pinField();
    nothingOfTheApp();
    await user.type(await pinField(), `${FAKE_PIN}{Enter}`);
    expect(await screen.findByDisplayValue('grinder')).toBeDefined();
    desktop.session.set(signedInAs(jonas, people));
    expect(await screen.findByRole('heading', { level: 1, name: /^Good .*Jonas/ })).toBeDefined();
    expect(window.location.hash).toBe('#/');
  });
});

it('a withdrawn laptop says what becomes of the work on it, and when that is done', async () => {
  const { desktop } = await renderApp('/', {
    session: { kind: 'revoked', waiting: 3, cleared: false },
  });
  nothingOfTheApp();
  expect(within(screen.getByRole('main')).getByRole('status').textContent).toMatch(
    /^3 changes are still to be handed over/,
  );
  desktop.session.set({ kind: 'revoked', waiting: 0, cleared: true });
  await waitFor(() =>
    expect(within(screen.getByRole('main')).getByRole('status').textContent).toMatch(/^Done/),
  );
});
