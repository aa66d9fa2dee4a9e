import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePeople, signedInAs } from '../testing/fake-session.ts';
import { renderApp, TEST_NOW } from '../testing/render-app.tsx';

const [mara, jonas] = fakePeople(TEST_NOW);
const session = signedInAs({ ...mara, role: 'administrator' });

const row = async (name: RegExp) => within(await screen.findByRole('row', { name }));

it('is there for administrators only, also by its address', async () => {
  await renderApp('/admin', { session: signedInAs(jonas) });
  expect(await screen.findByRole('heading', { level: 1, name: /^Good/ })).toBeDefined();
  await renderApp('/admin', { session });
  expect(await screen.findByRole('heading', { level: 1, name: 'Administration' })).toBeDefined();
});

it('lists people by pages and finds them by name', async () => {
  const { user } = await renderApp('/admin', { session });
  expect(await screen.findByText('50 of 140')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('100 of 140')).toBeDefined();
  await user.type(screen.getByRole('searchbox', { name: 'Find a name' }), 'prieto');
  expect(await screen.findByText('1 of 1')).toBeDefined();
  expect(await row(/Ana Prieto/)).toBeDefined();
});

it('adds a person with a role and sites', async () => {
  const { user, desktop } = await renderApp('/admin', { session });
  await user.click(await screen.findByRole('button', { name: 'Add a person' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Add a person' }));
  expect(await dialog.findAllByText('This is needed.')).toHaveLength(2);
  expect(dialog.getByText('Choose at least one site.')).toBeDefined();
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Vera Novak');
  await user.type(dialog.getByRole('textbox', { name: 'Sign-in name' }), 'vera');
  await user.type(dialog.getByLabelText('First password'), 'four words are good');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Works as' }), 'supervisor');
  await user.click(await dialog.findByRole('checkbox', { name: /North Hall/ }));
  await user.click(dialog.getByRole('button', { name: 'Add a person' }));
  expect(await screen.findByText(/^Added: Vera Novak/)).toBeDefined();
  expect(desktop.calls).toContain('add vera supervisor');
  expect((await row(/Vera Novak/)).getByText('NORTH')).toBeDefined();
});

it('gives the keyboard back to what opened a dialog', async () => {
  const { user } = await renderApp('/admin', { session });
  const add = await screen.findByRole('button', { name: 'Add a person' });
  await user.click(add);
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(document.activeElement).toBe(name));
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(add);
});

it('disables somebody after saying what it means, but nobody themselves', async () => {
  const { user } = await renderApp('/admin', { session });
  const own = await screen.findByRole<HTMLButtonElement>('button', { name: 'Disable Mara Lind' });
  expect(own.disabled).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Disable Jonas Weber' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/signed out everywhere/)).toBeDefined();
  await user.click(dialog.getByRole('button', { name: 'Disable' }));
  expect(await screen.findByRole('button', { name: 'Enable Jonas Weber' })).toBeDefined();
});

it('sets a new password', async () => {
  const { user, desktop } = await renderApp('/admin', { session });
  await user.click(
    await screen.findByRole('button', { name: 'Set a new password for Jonas Weber' }),
  );
  await user.type(await screen.findByLabelText('New password'), 'short{Enter}');
  expect(await screen.findByText('Use at least 8 characters.')).toBeDefined();
  await user.type(screen.getByLabelText('New password'), ' no more{Enter}');
  expect(await screen.findByText(/^Jonas Weber has a new password/)).toBeDefined();
  expect(desktop.calls).toContain(`setPassword ${jonas.id}`);
});

it('says in words how the sync of each laptop is doing', async () => {
  await renderApp('/admin/laptops', { session });
  expect((await row(/^NORTH-01/)).getByText('All is well')).toBeDefined();
  const busy = await row(/^NORTH-02/);
  expect(busy.getByText('Somebody there has to decide')).toBeDefined();
  expect(
    busy.getByText(/42 unsent · the oldest 3 hours ago · 1 refused · 3 conflicts/),
  ).toBeDefined();
  expect((await row(/^FORKLIFT-7/)).getByText(/^Behind/)).toBeDefined();
  expect((await row(/^LOST-3/)).getByText('2 in quarantine')).toBeDefined();
  expect(await screen.findByRole('heading', { name: 'Quarantine' })).toBeDefined();
});

it('withdraws a laptop only when its name was typed', async () => {
  const { user, desktop } = await renderApp('/admin/laptops', { session });
  await user.click(await screen.findByRole('button', { name: 'Withdraw NORTH-02' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/^42 changes that were not sent/)).toBeDefined();
  const name = dialog.getByRole('textbox', { name: 'Type NORTH-02 to confirm' });
  await user.type(name, 'NORTH-0{Enter}');
  expect(await dialog.findByText('That is not NORTH-02.')).toBeDefined();
  expect(desktop.calls.some((call) => call.startsWith('revoke'))).toBe(false);
  await user.type(name, '2{Enter}');
  expect(await screen.findByText('NORTH-02 is withdrawn.')).toBeDefined();
  expect((await row(/^NORTH-02/)).getByText(/^Withdrawn: hands over/)).toBeDefined();
});

it('leads from a refused operation to its line of the trail', async () => {
  const { user } = await renderApp('/admin/refused', { session });
  const [first] = await screen.findAllByRole('link', { name: 'Find in the trail' });
  await user.click(first as HTMLElement);
  const field = await screen.findByRole<HTMLInputElement>('combobox');
  await waitFor(() => expect(field.value).toMatch(/^[0-9a-f-]{36}$/));
});

it('reads the trail page by page, and asks the server for all lines of something', async () => {
  const { user } = await renderApp('/admin/audit', { session });
  expect(await screen.findByText('Lines shown: 50')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Show older ones' }));
  expect(await screen.findByText('Lines shown: 100')).toBeDefined();
  const field = screen.getByRole<HTMLInputElement>('combobox');
  await user.type(field, 'sync.push{Enter}');
  expect(await screen.findByText('Lines shown: 33')).toBeDefined();
  await user.clear(field);
  await user.type(field, 'mara{Enter}');
  expect(await screen.findByText('Lines shown: 50')).toBeDefined();
  expect(field.value).toBe('Mara Lind');
  await user.clear(field);
  await user.type(field, '0192{Enter}');
  expect(await screen.findByText('Nothing fits')).toBeDefined();
  await user.clear(field);
  expect(await screen.findByText('Lines shown: 100')).toBeDefined();
});

it('looks at a file first, lists every problem, and imports when told to', async () => {
  const { user, desktop } = await renderApp('/admin/import', { session });
  await user.click(await screen.findByRole('radio', { name: 'Stock' }));
  const file = new File(['sku,quantity\nA,1\nB,many\n'], 'stock.csv', { type: 'text/csv' });
  await user.upload(screen.getByLabelText('Choose a file'), file);
  await user.click(await screen.findByRole('button', { name: 'Look at the file' }));
  expect(await screen.findByText('1 problem')).toBeDefined();
  expect(screen.getByText(/"many" is not a whole number/)).toBeDefined();
  const imports = (): string[] => desktop.calls.filter((call) => call.startsWith('import'));
  expect(imports()).toEqual(['import stock dry']);
  await user.click(screen.getByRole('button', { name: 'Import only the 1 row that is right' }));
  expect(await screen.findByText('Imported: 1 row.')).toBeDefined();
  expect(imports()).toEqual(['import stock dry', 'import stock for good']);
});

it('says plainly that it needs the server, and reads again when that is back', async () => {
  const { desktop } = await renderApp('/admin/sites', { session });
  await screen.findByRole('row', { name: /North Hall/ });
  desktop.setNetwork({ state: 'offline', cause: 'unreachable' });
  expect(await screen.findByText(/^You are offline. Administration happens/)).toBeDefined();
  await renderApp('/admin/sites', { session });
  desktop.setNetwork({ state: 'online', cause: null });
  await waitFor(() => expect(screen.getByRole('row', { name: /Harbour Depot/ })).toBeDefined());
});
