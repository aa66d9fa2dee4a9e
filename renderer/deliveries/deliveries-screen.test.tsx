import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp, TEST_NOW } from '../testing/render-app.tsx';

const DAY = 24 * 60 * 60 * 1000;
const DELIVERY = fakeId(10, 0);

it('F13: lists what is expected by how urgent it is, and opens one by its code', async () => {
  const { user, desktop } = await renderApp('/deliveries', {});
  const { store } = desktop;
  expect((await screen.findAllByText('Later')).length).toBeGreaterThan(0);
  store.record([
    {
      kind: 'update',
      entity: 'delivery',
      version: 1,
      id: DELIVERY,
      from: { expected_at: null },
      to: { expected_at: TEST_NOW - 2 * DAY },
    },
    {
      kind: 'update',
      entity: 'delivery',
      version: 1,
      id: fakeId(10, 1),
      from: { expected_at: null },
      to: { expected_at: TEST_NOW },
    },
  ]);
  const overdue = within(await screen.findByRole('region', { name: 'Overdue' }));
  expect(overdue.getByText('DEL-301')).toBeTruthy();
  expect(overdue.getByText('3 lines · 3 open')).toBeTruthy();
  const today = within(await screen.findByRole('region', { name: 'Expected today' }));
  expect(today.getByText('DEL-302')).toBeTruthy();
  await user.type(screen.getByRole('searchbox', { name: 'Find a delivery' }), 'del-302{Enter}');
  expect(await screen.findByRole('heading', { level: 1, name: 'DEL-302' })).toBeTruthy();
});

it('F13: closing while goods are missing says which, asks, and can be undone', async () => {
  const { user, desktop } = await renderApp(`/deliveries/${DELIVERY}`);
  const [first] = desktop.catalogue.products;
  await user.click(await screen.findByRole('button', { name: 'Close delivery' }));
  const question = within(
    await screen.findByRole('dialog', { name: 'Close DEL-301 although goods are missing?' }),
  );
  expect(question.getAllByText(first?.name ?? '').length).toBeGreaterThan(0);
  expect(question.getByText('40 pcs missing')).toBeTruthy();
  await user.click(question.getByRole('button', { name: 'Close it short' }));
  expect(await screen.findByText('DEL-301 is closed.')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Open again' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back.')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Close delivery' })).toBeTruthy();
});

it('writes a delivery and its lines as one operation, and says at each field what is wrong', async () => {
  const { user, desktop } = await renderApp('/deliveries/new');
  const product = desktop.catalogue.products[7];
  if (!product) throw new Error('the made-up data lacks the product');
  await user.click(await screen.findByRole('button', { name: 'Add a line' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('This is needed.')).toBeTruthy();
  expect(screen.getByText('Choose a product.')).toBeTruthy();
  await user.type(screen.getByLabelText('Code'), 'DEL-900');
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Product' });
  await user.type(field, `${product.sku}{Enter}`);
  await waitFor(() => expect(field.value).toBe(product.name));
  await user.type(screen.getByLabelText('Expected'), '12');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'DEL-900' })).toBeTruthy();
  expect(await screen.findByText('12 pcs missing')).toBeTruthy();
  const [write, ...others] = desktop.calls.filter((call) => call.startsWith('write '));
  expect(others).toEqual([]);
  expect(JSON.parse(write?.slice('write '.length) ?? '')).toMatchObject([
    { kind: 'create', entity: 'delivery', row: { code: 'DEL-900', state: 'expected' } },
    { kind: 'create', entity: 'delivery_line', row: { product_id: product.id, expected: 12 } },
  ]);
});

it('edits only what a person changed, and removes a line', async () => {
  const { user, desktop } = await renderApp(`/deliveries/${DELIVERY}/edit`);
  const [expected] = await screen.findAllByLabelText<HTMLInputElement>('Expected');
  if (!expected) throw new Error('the delivery has no lines');
  await user.clear(expected);
  await user.type(expected, '55');
  const [, second] = screen.getAllByRole('button', { name: 'Remove this line' });
  if (!second) throw new Error('the delivery has one line');
  await user.click(second);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved: DEL-301')).toBeTruthy();
  const write = desktop.calls.find((call) => call.startsWith('write '));
  expect(JSON.parse(write?.slice('write '.length) ?? '')).toMatchObject([
    { kind: 'remove', entity: 'delivery_line' },
    { kind: 'update', entity: 'delivery_line', fields: { expected: 55 } },
  ]);
});

it('prints a paper and saves the lines as CSV', async () => {
  const { user, saved, printDialogs } = await renderApp(`/deliveries/${DELIVERY}`);
  await user.click(await screen.findByRole('button', { name: 'Print' }));
  await waitFor(() => expect(printDialogs()).toBe(1));
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]?.text).toContain('sku,name,expected,received,not_sent,unit');
});
