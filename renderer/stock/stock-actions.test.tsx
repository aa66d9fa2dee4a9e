import type { queries } from '@testing-library/react';
import { type BoundFunctions, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { TallymanError } from '../../shared/errors.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

const PRODUCT = fakeId(4, 7);

interface OpenForm extends RenderedApp {
  form: BoundFunctions<typeof queries>;
}

async function openForm(kind: string): Promise<OpenForm> {
  const app = await renderApp(`/product/${PRODUCT}`);
  await app.user.click(await screen.findByRole('button', { name: kind }));
  return { ...app, form: within(await screen.findByRole('dialog')) };
}

/** As a person at the keyboard does: types, takes with Enter. */
async function choose(user: UserEvent, field: HTMLElement, code: string): Promise<void> {
  await user.click(field);
  await user.type(field, `${code}{Enter}`);
  await waitFor(() => expect((field as HTMLInputElement).value).toMatch(/\(/));
}

const movements = (calls: readonly string[]): unknown[] =>
  calls
    .filter((call) => call.startsWith('movement '))
    .map((call) => JSON.parse(call.slice('movement '.length)) as unknown);

it('receives by keyboard alone, confirms in place and takes it back', async () => {
  const { user, desktop, form } = await openForm('Receive');
  const before = await desktop.app.stock.ofProduct(PRODUCT);
  // Only Harbour Depot has this name with this beginning; the first that fits is taken.
  await choose(user, form.getByLabelText('Into location'), 'a-02');
  await user.type(form.getByLabelText('Quantity'), '12{Enter}');
  const words = await screen.findByText(/^Received 12 pcs into A-02-2\. On hand now: /);
  expect(words.textContent).toContain(`${before.onHand + 12} pcs`);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const stock = within(screen.getByRole('region', { name: 'Stock by location' }));
  expect(await stock.findByText('+12 waiting to be sent')).toBeTruthy();
  expect(movements(desktop.calls)).toMatchObject([
    { kind: 'receive', quantity: 12, toLocationId: null, reason: null },
  ]);

  await user.click(stock.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back.')).toBeTruthy();
  await waitFor(() => expect(stock.queryByText('+12 waiting to be sent')).toBeNull());
  expect((await desktop.app.stock.ofProduct(PRODUCT)).onHand).toBe(before.onHand);
});

it('says at each field what is missing, and keeps what was typed', async () => {
  const { user, desktop, form } = await openForm('Adjust');
  await user.type(form.getByLabelText('Change'), '-3{Enter}');
  expect(await form.findByText('Choose a location.')).toBeTruthy();
  expect(form.getByText('Say why, so that others understand it.')).toBeTruthy();
  expect(form.getByLabelText<HTMLInputElement>('Change').value).toBe('-3 pcs');
  expect(movements(desktop.calls)).toEqual([]);
});

it('shows what an adjustment will make of the quantity, and takes a usual reason', async () => {
  const { user, desktop, form } = await openForm('Adjust');
  const stock = await desktop.app.stock.ofProduct(PRODUCT);
  const place = stock.locations.find(({ code }) => code === 'A-02-2');
  if (!place) throw new Error('the made-up product lies elsewhere');
  await choose(user, form.getByLabelText('At location'), 'a-02');
  await user.type(form.getByLabelText('Change'), '-3');
  expect(form.getByText('New quantity at A-02-2')).toBeTruthy();
  expect(form.getByText(`${place.onHand - 3} pcs`)).toBeTruthy();
  await user.type(form.getByLabelText('Reason'), 'Damaged{Enter}');
  await waitFor(() =>
    expect(movements(desktop.calls)).toMatchObject([
      { kind: 'adjust', locationId: place.locationId, quantity: -3, reason: 'Damaged' },
    ]),
  );
});

it('counts with + and -, and never below one', async () => {
  const { user, form } = await openForm('Issue');
  const quantity = form.getByLabelText('Quantity') as HTMLInputElement;
  await user.click(quantity);
  await user.keyboard('+++-{ArrowUp}');
  expect(quantity.value).toBe('3 pcs');
  await user.keyboard('-----');
  expect(quantity.value).toBe('1 pcs');
});

it('moves within a site, and not onto the same place', async () => {
  const { user, desktop, form } = await openForm('Move');
  await choose(user, form.getByLabelText('From location'), 'a-02');
  await choose(user, form.getByLabelText('To location'), 'a-02');
  await user.type(form.getByLabelText('Quantity'), '2{Enter}');
  expect(await form.findByText(/Choose another location/)).toBeTruthy();
  await user.clear(form.getByLabelText('To location'));
  await choose(user, form.getByLabelText('To location'), 'b-09-1');
  await user.type(form.getByLabelText('Quantity'), '{Enter}');
  expect(await screen.findByText(/^Moved 2 pcs from A-02-2 to B-09-1\./)).toBeTruthy();
  const [moved] = movements(desktop.calls) as { locationId: string; toLocationId: string }[];
  const places = await desktop.app.stock.locations({ siteId: null, text: '', limit: 500 });
  const siteOf = (id: string | undefined): string | undefined =>
    places.find((place) => place.id === id)?.siteCode;
  expect(siteOf(moved?.toLocationId)).toBe(siteOf(moved?.locationId));
});

it('takes neither of two sites that have the scanned code', async () => {
  const { user, form } = await openForm('Receive');
  const field = form.getByLabelText('Into location') as HTMLInputElement;
  await user.type(field, 'A-01-1{Enter}');
  const known = { hidden: true, name: /A-01-1/ };
  await waitFor(() => expect(screen.getAllByRole('option', known)).toHaveLength(2));
  expect(field.value).toBe('A-01-1');
  expect(screen.getByRole('dialog')).toBeTruthy();
});

it('marks blocked places and warns when one is chosen', async () => {
  const { user, form } = await openForm('Receive');
  const field = form.getByLabelText('Into location');
  await user.type(field, 'd-02');
  expect((await screen.findAllByText('Blocked')).length).toBeGreaterThan(0);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(await form.findByText(/This location is blocked/)).toBeTruthy();
});

it('keeps the form open and whole when the store refuses', async () => {
  const { user, desktop, form } = await openForm('Issue');
  desktop.app.stock.record = async () => {
    throw new TallymanError('DISK_FULL', 'There is no space left.');
  };
  await choose(user, form.getByLabelText('From location'), 'a-02');
  await user.type(form.getByLabelText('Quantity'), '2{Enter}');
  expect(await form.findByText('The disk of this laptop is full')).toBeTruthy();
  expect(form.getByLabelText<HTMLInputElement>('Quantity').value).toBe('2 pcs');
  expect(form.getByLabelText<HTMLInputElement>('From location').value).toContain('A-02-2');
});

it('closes the form by Escape, and stays with the product', async () => {
  const { user } = await openForm('Receive');
  await user.keyboard('{Escape}{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(window.location.hash).toBe(`#/product/${PRODUCT}`);
});
