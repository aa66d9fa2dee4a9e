import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';
import { toOrder } from './to-order.ts';

async function recordMove({ desktop }: RenderedApp, quantity: number): Promise<string> {
  const { operationId } = await desktop.app.stock.record({
    kind: 'receive',
    productId: desktop.catalogue.products[3]?.id ?? '',
    locationId: fakeLocationId(0, 1),
    quantity,
    reason: 'Spring order',
  });
  return operationId;
}

it('F17: the history says what was moved, where, when and why, and narrows by kind', async () => {
  const app = await renderApp('/movements');
  await recordMove(app, 7);
  const name = app.desktop.catalogue.products[3]?.name ?? '';
  const row = await screen.findByRole('row', { name: new RegExp(name) });
  expect(within(row).getByText('+7')).toBeDefined();
  expect(within(row).getByText('Spring order')).toBeDefined();
  await app.user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Issue');
  expect(await screen.findByText('No movements like that')).toBeDefined();
});

it('F24: the history is saved as CSV with person, cause and reason', async () => {
  const app = await renderApp('/movements');
  await recordMove(app, 7);
  await screen.findByText('+7');
  await app.user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await screen.findByText(/tallyman-movements/);
  const [file] = app.saved;
  expect(file?.text).toContain('moved_at,kind,product');
  expect(file?.text).toContain('Spring order');
});

it('F22: what is low is listed with how much to order', async () => {
  const { desktop } = await renderApp('/stock');
  const { items } = await desktop.app.catalogue.search({
    text: '',
    filter: { categoryId: null, brandId: null, siteId: null, stock: 'low', archived: false },
    cursor: null,
    limit: 100,
  });
  expect(items.length).toBeGreaterThan(0);
  const table = await screen.findByRole('table');
  expect(within(table).getByRole('columnheader', { name: 'To order' })).toBeDefined();
  expect(within(table).getAllByRole('row').length).toBeGreaterThan(1);
});

it('an order fills up to where the stock should be', () => {
  expect(toOrder({ onHand: 3, minStock: 10, reorderTo: 40 })).toBe(37);
  expect(toOrder({ onHand: 3, minStock: 10, reorderTo: null })).toBe(7);
  expect(toOrder({ onHand: -2, minStock: 10, reorderTo: null })).toBe(12);
  expect(toOrder({ onHand: 50, minStock: 10, reorderTo: 40 })).toBe(0);
});

it('stock is seen place by place, as a map and as a list, with what lies there', async () => {
  const app = await renderApp('/stock/places');
  const zones = await screen.findByRole('group', { name: 'Zone' });
  expect((await within(zones).findAllByRole('button')).length).toBeGreaterThan(0);
  await app.user.click(await screen.findByRole('radio', { name: 'List' }));
  const [place] = await screen.findAllByRole('button', { name: /^[A-D]-/ });
  await app.user.click(place as HTMLElement);
  expect(await screen.findByRole('dialog')).toBeDefined();
});

it('F18: what expires soon is listed, the earliest first, with its lot', async () => {
  await renderApp('/stock/expiring');
  expect((await screen.findAllByText('L-2291')).length).toBeGreaterThan(0);
});

it('F26: the dashboard draws movements, counts and syncs, and has them as tables', async () => {
  const app = await renderApp('/dashboard');
  await recordMove(app, 7);
  expect(await screen.findByRole('heading', { name: 'Movements per day' })).toBeDefined();
  expect(await screen.findByText(/117 of 120 right/)).toBeDefined();
  expect(await screen.findByText('Receive: 1')).toBeDefined();
  const table = screen.getByRole('table', { name: 'Movements per day', hidden: true });
  expect(within(table).getAllByRole('row', { hidden: true })).toHaveLength(31);
});
