import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { createMockScanner } from '../scan/mock-scanner.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { renderApp } from '../testing/render-app.tsx';

const DELIVERY = fakeId(10, 0);

/** Scans after each other, with the pause that a person needs between two. */
function scan(...texts: readonly string[]): void {
  const scanner = createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey: 5 });
  act(() => {
    for (const text of texts) {
      scanner.scan(text);
      scanner.wait(3_000);
    }
  });
}

const codeOf = (siteAt: number, index: number, app: Awaited<ReturnType<typeof renderApp>>) =>
  String(app.desktop.store.row('location', fakeLocationId(siteAt, index))?.['code']);

it('F4: F15: F16: asks for the place first, takes goods by scan in pieces and packs, posts them and takes them back', async () => {
  const app = await renderApp('/issue');
  const { user, desktop } = app;
  const product = desktop.catalogue.products.find(
    ({ stock, tracking, packs }) =>
      packs.length === 2 &&
      tracking === 'none' &&
      stock.some(({ siteCode, quantity }) => siteCode === 'NORTH' && quantity > 40),
  );
  const place = product?.stock.find((one) => one.siteCode === 'NORTH' && one.quantity > 40);
  if (!product || !place) throw new Error('the made-up data lacks the product');
  const before = (await desktop.app.stock.ofProduct(product.id)).onHand;
  expect(await screen.findByRole('heading', { name: 'The place first' })).toBeTruthy();
  expect(screen.queryByLabelText('Product, if nothing can be scanned')).toBeNull();
  scan(place.locationCode);
  expect(await screen.findByRole('heading', { name: 'Taken from here' })).toBeTruthy();
  scan(product.packs[0]?.code ?? '', product.packs[1]?.code ?? '');
  const lines = within(await screen.findByRole('table', { name: 'Goods' }));
  await waitFor(() => expect(lines.getByRole<HTMLInputElement>('textbox').value).toBe('25 pcs'));
  expect(lines.getByText('1 × box of 24 + 1 pcs')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Issue all this' }));
  expect(await screen.findByText(`Issued 25 pieces from ${place.locationCode}.`)).toBeTruthy();
  expect((await desktop.app.stock.ofProduct(product.id)).onHand).toBe(before - 25);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back.')).toBeTruthy();
  expect((await desktop.app.stock.ofProduct(product.id)).onHand).toBe(before);
});

it('F13: receives a delivery by scan, shows what is still missing, flags what is too much and takes it', async () => {
  const app = await renderApp(`/receive/${DELIVERY}`);
  const { user, desktop } = app;
  const lines = (await desktop.app.deliveries.get(DELIVERY))?.items ?? [];
  const line = lines.find(({ expected }) => expected === 40);
  const product = desktop.catalogue.products.find(({ id }) => id === line?.productId);
  if (!line || !product) throw new Error('the made-up data lacks the delivery');
  const box = product.packs[1]?.code ?? '';
  await screen.findByRole('heading', { name: 'The place first' });
  scan(codeOf(0, 0, app));
  await screen.findByRole('heading', { name: 'Received here' });
  const missing = within(await screen.findByRole('region', { name: 'Expected with DEL-301' }));
  expect(missing.getByText('40 pcs missing')).toBeTruthy();
  scan(box);
  expect(await missing.findByText('16 pcs missing')).toBeTruthy();
  scan(box);
  expect(await missing.findByText('8 pcs too many')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Receive all this' }));
  expect(await screen.findByText(/^Received 48 pieces at/)).toBeTruthy();
  const after = await desktop.app.deliveries.get(DELIVERY);
  expect(after?.items.find(({ id }) => id === line.id)?.received).toBe(48);
  expect(after?.overLines).toBe(1);
});

it('F14: proposes where goods should go when they are moved, and puts them there', async () => {
  const app = await renderApp('/move');
  const { user, desktop } = app;
  const product = desktop.catalogue.products.find(
    ({ stock, tracking, packs }) =>
      packs.length === 2 &&
      tracking === 'none' &&
      stock.filter(({ siteCode, quantity }) => siteCode === 'NORTH' && quantity > 2).length > 1,
  );
  const places = product?.stock.filter((one) => one.siteCode === 'NORTH' && one.quantity > 2);
  const from = places?.[0]?.locationCode ?? '';
  await screen.findByRole('heading', { name: 'The place first' });
  scan(from, product?.packs[0]?.code ?? '');
  const [put] = await screen.findAllByRole('button', { name: /^Here: / });
  if (!put) throw new Error('nothing is proposed');
  const to = put.getAttribute('aria-label')?.replace('Here: ', '') ?? '';
  expect(to).not.toBe(from);
  expect(screen.getAllByText(/has this product|is empty/).length).toBeGreaterThan(0);
  await user.click(put);
  await waitFor(() => expect(put.getAttribute('aria-pressed')).toBe('true'));
  await user.click(screen.getByRole('button', { name: 'Move all this' }));
  expect(await screen.findByText(`Moved 1 piece from ${from} to ${to}.`)).toBeTruthy();
  expect(desktop.store.rows('stock_movement')).toHaveLength(1);
});

it('F15: adjusts at a scanned place with a cause, and stays there for the next', async () => {
  const app = await renderApp('/adjust');
  const { user, desktop } = app;
  const product = desktop.catalogue.products.find(
    ({ tracking, packs }) => tracking === 'none' && packs.length === 2,
  );
  await screen.findByRole('heading', { name: 'The place first' });
  // Only one site has a code with this beginning; the first that fits is taken.
  await user.type(screen.getByRole('combobox', { name: 'At location' }), 'a-02{Enter}');
  await screen.findByRole('heading', { name: 'Adjusted here' });
  scan(product?.packs[0]?.code ?? '');
  await user.type(await screen.findByLabelText('Change'), '-2');
  await user.click(screen.getByLabelText('Cause', { selector: 'input' }));
  const causes = within(await screen.findByRole('listbox', { name: 'Cause', hidden: true }));
  fireEvent.click(causes.getByText('Damaged'));
  await user.click(screen.getByRole('button', { name: 'Adjust' }));
  expect(await screen.findByText(/^Adjusted .* by -2 pcs\./)).toBeTruthy();
  const movement = desktop.calls.find((call) => call.startsWith('movement '));
  expect(JSON.parse(movement?.slice('movement '.length) ?? '')).toMatchObject({
    kind: 'adjust',
    quantity: -2,
    cause: 'damaged',
  });
  expect(screen.getByRole('heading', { name: 'Adjusted here' })).toBeTruthy();
});
