import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp } from '../testing/render-app.tsx';

it('shows details, packs and stock whose parts add up to the sum', async () => {
  const { desktop } = await renderApp(`/product/${fakeId(4, 7)}`);
  const product = desktop.catalogue.products.find(({ id }) => id === fakeId(4, 7));
  if (!product) throw new Error('the made-up data lacks the product');
  expect(await screen.findByRole('heading', { level: 1, name: product.name })).toBeTruthy();
  const stock = screen.getByRole('region', { name: 'Stock by location' });
  await within(stock).findByRole('table');
  const quantities = [...stock.querySelectorAll('tbody tr:not(:first-child) td:last-child')].map(
    (cell) => Number(cell.textContent),
  );
  expect(quantities).toHaveLength(product.stock.length);
  expect(quantities.reduce((sum, quantity) => sum + quantity, 0)).toBe(product.onHand);
  expect(within(stock).getByText(`${product.onHand} pcs`)).toBeTruthy();
  const packs = within(screen.getByRole('region', { name: 'Barcodes' }));
  expect(packs.getByText('pack of 24 pcs')).toBeTruthy();
});

it('says so where the product is not on this laptop, and leads back', async () => {
  const { user } = await renderApp(`/product/${fakeId(4, 99_999)}`);
  expect(await screen.findByText('This product is not on this laptop')).toBeTruthy();
  await user.click(screen.getByRole('link', { name: 'Back to the list' }));
  await waitFor(() => expect(window.location.hash).toBe('#/catalogue'));
});
