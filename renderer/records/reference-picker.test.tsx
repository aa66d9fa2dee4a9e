import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { deliveryLine } from '../../shared/entities/delivery-line.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp } from '../testing/render-app.tsx';
import { RecordScreen } from './record-screen.tsx';

/** A screen of an entity that points to others, in the place of those that the accelerator adds. */
vi.mock('../entities/entity-screens.ts', async () => {
  const { IconTable } = await import('@tabler/icons-react');
  const Screen = () => <RecordScreen entity={deliveryLine} />;
  return {
    ENTITY_SCREENS: [{ entity: 'delivery', path: '/entity/delivery', Icon: IconTable, Screen }],
  };
});

async function openForm() {
  const app = await renderApp('/entity/delivery');
  await app.user.click(await screen.findByRole('button', { name: 'New entry' }));
  const form = within(await screen.findByRole('dialog'));
  const product = app.desktop.catalogue.products[7];
  if (!product) throw new Error('the made-up data lacks the product');
  return { ...app, form, product };
}

const lastWrite = (calls: readonly string[]): unknown =>
  JSON.parse(calls.findLast((call) => call.startsWith('write '))?.slice('write '.length) ?? '[]');

beforeEach(() => {
  window.location.hash = '';
});

it('finds what is pointed to by code and name, and shows it by these', async () => {
  const { user, form, product, desktop } = await openForm();
  const delivery = form.getByRole<HTMLInputElement>('combobox', { name: 'Delivery' });
  await user.type(delivery, 'del-301{Enter}');
  await waitFor(() => expect(delivery.value).toBe('DEL-301'));
  const field = form.getByRole<HTMLInputElement>('combobox', { name: 'Product' });
  // A scanner types a code and Enter at once.
  await user.type(field, `${product.sku}{Enter}`);
  await waitFor(() => expect(field.value).toBe(product.name));
  await user.type(form.getByLabelText('Expected'), '4321');
  await user.type(form.getByLabelText('Received'), '0{Enter}');
  await screen.findByText('Created: Delivery line');
  expect(lastWrite(desktop.calls)).toMatchObject([
    { kind: 'create', row: { delivery_id: fakeId(10, 0), product_id: product.id, expected: 4321 } },
  ]);
  const row = within(await screen.findByRole('row', { name: /4,321/ }));
  expect(await row.findByText('DEL-301')).toBeTruthy();
  expect(await row.findByText(product.name)).toBeTruthy();
  expect(row.getByRole('button', { name: 'Edit Delivery line' })).toBeTruthy();
});

it('takes nothing that does not fit, and says what is missing', async () => {
  const { user, form, desktop } = await openForm();
  const field = form.getByRole<HTMLInputElement>('combobox', { name: 'Delivery' });
  await user.type(field, 'DEL-999{Enter}');
  expect(await screen.findByText('Nothing fits')).toBeTruthy();
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect((await form.findAllByText('This is needed.')).length).toBeGreaterThanOrEqual(2);
  expect(desktop.calls.filter((call) => call.startsWith('write '))).toEqual([]);
});
