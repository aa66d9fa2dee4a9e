import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { FakeProduct } from '../testing/fake-catalogue.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

const movementsOf = ({ desktop }: RenderedApp): unknown[] =>
  desktop.calls
    .filter((call) => call.startsWith('movement '))
    .map((call) => JSON.parse(call.slice('movement '.length)) as unknown);

async function openForm(tracking: FakeProduct['tracking'], kind: string) {
  const app = await renderApp('/catalogue');
  const product = app.desktop.catalogue.products.find(
    ({ tracking: own, packs, stock }) =>
      own === tracking && packs.length > 1 && stock.some(({ quantity }) => quantity > 5),
  );
  if (!product) throw new Error('the made-up data lacks such a product');
  window.location.hash = `#/product/${product.id}`;
  const { locations } = await app.desktop.app.stock.ofProduct(product.id);
  const place = locations.find(({ onHand, lots }) => onHand > 0 && lots.length > 1);
  if (!place) throw new Error('the made-up product lies nowhere');
  await app.user.click(await screen.findByRole('button', { name: kind }));
  const form = within(await screen.findByRole('dialog'));
  const field = form.getByRole<HTMLInputElement>('combobox', { name: /location$/i });
  await app.user.type(field, place.code);
  const option = await screen.findByRole('option', {
    hidden: true,
    name: new RegExp(`${place.code}.*${place.siteCode}`),
  });
  await app.user.click(option);
  await waitFor(() => expect(field.value).toContain(place.code));
  return { ...app, app, product, place, form };
}

it('F18: proposes the lot that expires first, and warns before expired goods are issued', async () => {
  const { app, user, form } = await openForm('lot', 'Issue');
  expect(form.getByLabelText<HTMLInputElement>('Lot', { selector: 'input' }).value).toBe('L-OLD');
  expect((await form.findByRole('alert')).textContent).toContain('could be used until');
  await user.type(form.getByLabelText('Quantity'), '1{Enter}');
  await waitFor(() => expect(movementsOf(app)).toMatchObject([{ kind: 'issue', lot: 'L-OLD' }]));
});

it('F18: asks for lot and expiry when such goods are received', async () => {
  const { app, user, form } = await openForm('lot', 'Receive');
  await user.type(form.getByLabelText('Quantity'), '4{Enter}');
  expect(await form.findByText('Enter the lot that is printed on the goods.')).toBeTruthy();
  expect(form.getByText('Enter the last day on which it may be used.')).toBeTruthy();
  expect(movementsOf(app)).toEqual([]);
  await user.type(form.getByLabelText('Lot', { selector: 'input' }), 'L-77');
  await user.type(form.getByLabelText('Use by'), '2027-03-31');
  await user.click(form.getByRole('button', { name: 'Receive' }));
  await waitFor(() =>
    expect(movementsOf(app)).toMatchObject([
      { kind: 'receive', quantity: 4, lot: 'L-77', expiresOn: Date.UTC(2027, 2, 31) },
    ]),
  );
});

it('C10: F18: one field for each piece, and a number that is entered twice or is here already is refused', async () => {
  const { app, user, form, place } = await openForm('serial', 'Receive');
  const piece = (number: number): HTMLElement =>
    form.getByLabelText(`Serial number of piece ${number}`, { selector: 'input' });
  await user.type(piece(1), 'NEW-1');
  await user.click(form.getByRole('button', { name: 'Another piece' }));
  await user.type(piece(2), 'NEW-1');
  expect(form.getByText(/This number is here twice/)).toBeTruthy();
  await user.click(form.getByRole('button', { name: 'Receive' }));
  expect(movementsOf(app)).toEqual([]);
  const known = place.lots.find(({ serial }) => serial !== '')?.serial ?? '';
  await user.clear(piece(2));
  await user.type(piece(2), known);
  expect(form.getByText(/This piece is here already, at /)).toBeTruthy();
  await user.clear(piece(2));
  await user.type(piece(2), 'NEW-2');
  await user.click(form.getByRole('button', { name: 'Receive' }));
  await waitFor(() =>
    expect(movementsOf(app)).toMatchObject([
      { kind: 'receive', quantity: 2, serials: ['NEW-1', 'NEW-2'] },
    ]),
  );
});

it('F19: takes a quantity in packs', async () => {
  const { app, user, form } = await openForm('lot', 'Issue');
  await user.type(form.getByLabelText('Quantity'), '2');
  await user.click(form.getByLabelText('Counted in', { selector: 'input' }));
  await user.click(await screen.findByRole('option', { hidden: true, name: 'box of 24' }));
  await user.click(form.getByRole('button', { name: 'Issue' }));
  await waitFor(() => expect(movementsOf(app)).toMatchObject([{ kind: 'issue', quantity: 48 }]));
});
