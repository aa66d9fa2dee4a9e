import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../testing/render-app.tsx';

const field = (): HTMLElement => screen.getByRole('combobox', { name: 'Search products' });
const activeRow = (): HTMLElement => {
  const id = field().getAttribute('aria-activedescendant') ?? '';
  const row = document.getElementById(id);
  if (!row) throw new Error(`no active row ${id}`);
  return row;
};
const path = (): string => window.location.hash;

it('lists the catalogue, says how many there are, and finds as one types', async () => {
  const { user } = await renderApp('/catalogue');
  expect(await screen.findByText('395 products')).toBeTruthy();
  expect(document.activeElement).toBe(field());
  await user.keyboard('drill 18');
  await waitFor(() => {
    const rows = screen.getAllByRole('option');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.textContent).toContain('Cordless drill 18 V');
  });
});

it('works by keyboard alone: slash, arrows, Home, End, Enter, Escape', async () => {
  const { user } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  field().blur();
  await user.keyboard('/');
  await waitFor(() => expect(document.activeElement).toBe(field()));
  expect((field() as HTMLInputElement).value).toBe('');

  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(activeRow().getAttribute('aria-posinset')).toBe('1');
  await user.keyboard('{PageDown}');
  expect(Number(activeRow().getAttribute('aria-posinset'))).toBeGreaterThan(5);
  await user.keyboard('{Home}');
  expect(activeRow().getAttribute('aria-posinset')).toBe('1');
  await user.keyboard('{End}');
  await waitFor(() => expect(activeRow().getAttribute('aria-posinset')).toBe('395'));
  await user.keyboard('{Escape}');
  expect(field().getAttribute('aria-activedescendant')).toBeNull();

  await user.keyboard('tape{Escape}');
  expect((field() as HTMLInputElement).value).toBe('');
  await screen.findByText('395 products');
  await user.keyboard('{ArrowDown}');
  const name = within(activeRow()).getByText(/./, {
    selector: 'span span:first-child[class*=name]',
  });
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('heading', { level: 1, name: name.textContent })).toBeTruthy();
});

it('keeps the text and the selected row for the way back', async () => {
  const { user } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  await user.keyboard('glove');
  await screen.findAllByText(/glove/i);
  await waitFor(() => expect(screen.queryByText('395 products')).toBeNull());
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
  await screen.findByRole('heading', { level: 1 });
  await waitFor(() => expect(path()).toContain('/product/'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(path()).toBe('#/catalogue'));
  await waitFor(() => expect((field() as HTMLInputElement).value).toBe('glove'));
  expect(activeRow().getAttribute('aria-posinset')).toBe('3');
});

it('opens the product of a scanned barcode at once and says what the code stands for', async () => {
  const { user, desktop } = await renderApp('/catalogue');
  const product = desktop.catalogue.products.find(({ packs }) => packs.length > 1);
  const pack = product?.packs[1];
  if (!product || !pack) throw new Error('the made-up data has no packs');
  await screen.findByText('395 products');
  field().blur();
  // A scanner types wherever the focus is, then presses Enter.
  await user.keyboard(`${pack.code}{Enter}`);
  expect(await screen.findByRole('heading', { level: 1, name: product.name })).toBeTruthy();
  expect(screen.getByText(`Scanned: ${pack.code} stands for 24 pcs.`)).toBeTruthy();
});

it('says so where no product has a scanned barcode', async () => {
  const { user } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  await user.keyboard('4012345678901{Enter}');
  expect(await screen.findByText('No product has the barcode 4012345678901.')).toBeTruthy();
  expect(path()).toBe('#/catalogue');
});

it('filters by category with what lies below, and takes the filter away again', async () => {
  const { user } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  const tools = await screen.findByRole('treeitem', { name: /^Tools/ });
  tools.focus();
  await user.keyboard('{ArrowRight}{ArrowDown}');
  expect(document.activeElement?.textContent).toContain('Hand tools');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.queryByText('395 products')).toBeNull());
  for (const row of screen.getAllByRole('option')) {
    expect(row.textContent).toContain('Tools / Hand tools');
  }
  await user.click(screen.getByRole('button', { name: 'Remove all' }));
  expect(await screen.findByText('395 products')).toBeTruthy();
});

it('says why nothing is listed and offers the way on', async () => {
  const { user } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  await user.keyboard('qqqq');
  expect(await screen.findByText('Nothing found for “qqqq”')).toBeTruthy();
  await user.click(screen.getAllByRole('button', { name: 'Clear search' }).at(-1) as HTMLElement);
  expect(await screen.findByText('395 products')).toBeTruthy();
});

it('shows changed rows when told, with no other query asked again', async () => {
  const { desktop } = await renderApp('/catalogue');
  await screen.findByText('395 products');
  desktop.setVisible(10);
  desktop.sync.emit({ type: 'dataChanged', entities: ['location'], source: 'sync' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.getByText('395 products')).toBeTruthy();
  desktop.sync.emit({ type: 'dataChanged', entities: ['product'], source: 'sync' });
  await waitFor(() => expect(screen.queryByText('395 products')).toBeNull());
});

it('asks for the server on the first start, then fills while the first sync runs', async () => {
  const { user, desktop } = await renderApp('/catalogue', { start: 'empty' });
  expect(await screen.findByText('Welcome to Tallyman')).toBeTruthy();
  const address = await screen.findByLabelText('Server address');
  await user.type(address, 'tallyman.local');
  await user.click(screen.getByRole('button', { name: 'Connect and sync' }));
  expect(screen.getByText(/Enter an address such as/)).toBeTruthy();
  expect(desktop.calls).toEqual([]);

  await user.clear(address);
  await user.type(address, 'http://tallyman.local:4000/');
  await user.click(screen.getByRole('button', { name: 'Connect and sync' }));
  expect(await screen.findByText('The catalogue comes to this laptop')).toBeTruthy();
  expect(desktop.calls).toEqual([
    'settings {"serverUrl":"http://tallyman.local:4000"}',
    'trigger full user',
  ]);

  desktop.setVisible(200);
  desktop.sync.set({
    scopes: [
      {
        scope: 'catalogue',
        siteCode: null,
        name: null,
        version: 0,
        complete: false,
        rows: { product: 200 },
        verifiedAt: null,
      },
    ],
  });
  desktop.sync.emit({ type: 'dataChanged', entities: ['product'], source: 'sync' });
  expect(await screen.findByText(/The first sync is under way/)).toBeTruthy();
  await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(3));
});

it('reads a page in the middle without the pages before it', async () => {
  const { user, desktop } = await renderApp('/catalogue', { products: 2_000 });
  const offsets: number[] = [];
  const read = desktop.app.catalogue.window;
  desktop.app.catalogue.window = (input, signal) => {
    offsets.push(input.offset);
    return read(input, signal);
  };
  const total = desktop.catalogue.products.filter(({ archived }) => !archived).length;
  await screen.findByText(`${new Intl.NumberFormat('en').format(total)} products`);
  await user.keyboard('{End}{Enter}');
  const last = desktop.catalogue.products.findLast(({ archived }) => !archived);
  if (!last) throw new Error('the made-up data is empty');
  expect(await screen.findByRole('heading', { level: 1, name: last.name })).toBeTruthy();
  expect(path()).toBe(`#/product/${last.id}`);
  expect(offsets.filter((offset) => offset < total - 200)).toEqual([]);
});
