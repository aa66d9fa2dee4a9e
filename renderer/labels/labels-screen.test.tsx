import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PrintInput } from '../../shared/desktop/printing.ts';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { createMockScanner } from '../scan/mock-scanner.ts';
import { fakeId } from '../testing/fake-catalogue.ts';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

const findField = (): Promise<HTMLElement> =>
  screen.findByRole('combobox', { name: 'Add a product or location' });

/** The pictures of all pages that were handed to the printer. */
function printedPages(): Element[] {
  return [...document.querySelectorAll('body > [class*="printed"] svg')];
}

const textsOf = (page: Element): string[] =>
  [...page.querySelectorAll('text')].map(({ textContent }) => textContent);

async function choose(user: RenderedApp['user'], name: string): Promise<void> {
  await user.click(screen.getByRole('combobox', { name: 'Labels' }));
  fireEvent.click(await screen.findByText(name));
}

async function print(user: RenderedApp['user']): Promise<Element[]> {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Print' });
  await waitFor(() => expect(button.disabled).toBe(false));
  await user.click(button);
  return printedPages();
}

describe('F20: item and location labels', () => {
  it('prints the label of a product from its screen: name, SKU, price and its barcode as bars and digits', async () => {
    const { user, desktop, printDialogs } = await renderApp(`/product/${fakeId(4, 7)}`);
    const product = desktop.catalogue.products.find(({ id }) => id === fakeId(4, 7));
    await user.click(await screen.findByRole('link', { name: 'Print label' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Labels' })).toBeTruthy();
    expect(await screen.findByText('1 label')).toBeTruthy();
    await choose(user, '100 × 50 mm');
    const [page, ...others] = await print(user);
    expect(printDialogs()).toBe(1);
    expect(others).toEqual([]);
    expect(page?.getAttribute('width')).toBe('100mm');
    expect(page?.getAttribute('height')).toBe('50mm');
    const texts = textsOf(page as Element);
    expect(texts.join(' ')).toContain(product?.name.split(' ')[0]);
    expect(texts).toContain(`${product?.sku} · pcs`);
    expect(texts).toContain(product?.packs[0]?.code);
    expect(page?.querySelector('path')?.getAttribute('d')).toMatch(/^M0 0h1v1h-1z/);
  });

  it('adds by search and by scan, a pack by its own barcode, as many copies as wanted, and each thing once', async () => {
    const { user, desktop } = await renderApp('/labels');
    const product = desktop.catalogue.products.find(({ packs }) => packs.length > 1);
    const pack = product?.packs[1];
    const field = await findField();
    await user.type(field, `${product?.packs[0]?.code}{Enter}`);
    const list = await screen.findByRole('list', { name: 'Labels to print' });
    expect(await within(list).findByText(product?.name ?? '')).toBeTruthy();
    expect((field as HTMLInputElement).value).toBe('');
    const scanner = createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey: 5 });
    scanner.scan('LOC:A-04-1');
    // Both sites have one.
    expect(await within(list).findAllByText('A-04-1')).toHaveLength(2);
    scanner.scan(pack?.code ?? '');
    await waitFor(() =>
      expect(screen.getByTestId('scan-notice').textContent).toContain(product?.name),
    );
    const listed = within(list).getAllByRole('listitem');
    expect(listed.map(({ textContent }) => textContent.slice(0, 6))).toEqual([
      product?.name.slice(0, 6),
      'A-04-1',
      'A-04-1',
    ]);
    await user.click(within(list).getByRole('combobox', { name: 'Barcode of' }));
    fireEvent.click(
      await screen.findByRole('option', {
        name: new RegExp(`pack of 24.*${pack?.code}`),
        hidden: true,
      }),
    );
    const copies = within(list).getByRole('textbox', { name: 'Labels of A-04-1 (NORTH)' });
    await user.clear(copies);
    await user.type(copies, '30');
    expect(await screen.findByText('32 labels')).toBeTruthy();
    const pages = await print(user);
    expect(pages.map((page) => page.querySelectorAll('path').length)).toEqual([24, 8]);
    expect(textsOf(pages[0] as Element)).toContain(pack?.code);
    expect(textsOf(pages[1] as Element).filter((text) => text === 'A-04-1')).toHaveLength(8);
  });

  it('says so when nothing has the code, and starts anywhere on a sheet that was used before', async () => {
    const { user } = await renderApp('/labels');
    const field = await findField();
    await user.type(field, 'no such thing{Enter}');
    expect(await screen.findByText('Nothing on this laptop fits “no such thing”.')).toBeTruthy();
    await user.type(field, 'A-04-1{Enter}');
    const start = await screen.findByRole('textbox', { name: 'Start at position' });
    await user.clear(start);
    await user.type(start, '5');
    const [page] = await print(user);
    expect(page?.querySelector('g')?.getAttribute('transform')).toBe('translate(70 37.5)');
  });

  it('labels all locations of a zone, chosen in their list', async () => {
    const { user } = await renderApp('/locations');
    await user.click(await screen.findByRole('button', { name: 'Choose for labels' }));
    const bar = within(await screen.findByRole('region', { name: 'Choose for labels' }));
    expect(bar.getByRole<HTMLButtonElement>('button', { name: 'Print 0 labels' }).disabled).toBe(
      true,
    );
    await user.click(bar.getByRole('combobox', { name: 'Choose a zone' }));
    const option = (await screen.findAllByText('Picking')).find((one) =>
      one.closest('[role=option]'),
    );
    fireEvent.click(option as Element);
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    const ofZone = rows.filter((row) => within(row).queryAllByText('Picking').length > 0);
    const chosen = screen
      .getAllByRole<HTMLInputElement>('checkbox')
      .filter(({ checked }) => checked);
    expect(chosen).toHaveLength(ofZone.length);
    const [first] = chosen;
    await user.click(first as Element);
    const count = ofZone.length - 1;
    await user.click(bar.getByRole('link', { name: `Print ${count} labels` }));
    expect(await screen.findByText(`${count} labels`)).toBeTruthy();
    const pages = await print(user);
    const codes = pages.flatMap((page) => page.querySelectorAll('path').length);
    expect(codes.reduce((sum, one) => sum + one, 0)).toBe(count);
  });

  it('takes any sheet in millimetres, and says so when the labels do not fit on it', async () => {
    const { user } = await renderApp('/labels');
    await user.type(await findField(), 'A-04-1{Enter}');
    await choose(user, 'Other size …');
    const columns = await screen.findByRole('textbox', { name: 'Columns' });
    await user.clear(columns);
    await user.type(columns, '4');
    expect(await screen.findByText('These labels do not fit on the paper.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Print' })).toBeNull();
    await user.clear(columns);
    await user.type(columns, '2');
    const [page] = await print(user);
    expect(page?.getAttribute('width')).toBe('210mm');
  });

  it('saves a PDF where the shell can, and says what went wrong where it cannot', async () => {
    const asked: PrintInput[] = [];
    const { user, printDialogs } = await renderApp('/labels', {
      printer: {
        print: async () => {
          throw new Error('paper jam');
        },
        savePdf: async (input) => {
          asked.push(input);
          expect(printedPages()).toHaveLength(1);
          return true;
        },
      },
    });
    await user.type(await findField(), 'A-04-1{Enter}');
    await choose(user, '57 × 32 mm');
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Save as PDF' });
    await waitFor(() => expect(button.disabled).toBe(false));
    await user.click(button);
    expect(asked).toEqual([{ name: 'Labels', paper: { width: 57, height: 32 } }]);
    await user.click(screen.getByRole('button', { name: 'Print' }));
    expect(await screen.findByText(/paper jam/)).toBeTruthy();
    expect(printDialogs()).toBe(0);
  });
});

it('F21: an empty slot gets a label with its place and what belongs there, found when stock is zero', async () => {
  const { user, desktop } = await renderApp('/');
  const product = desktop.catalogue.products.find(({ stock }) => stock.length > 0);
  if (!product) throw new Error('the made-up data lacks such a product');
  const { locations } = await desktop.app.stock.ofProduct(product.id);
  for (const { locationId, onHand } of locations.filter((one) => one.onHand > 0)) {
    await desktop.app.stock.record({
      kind: 'issue',
      productId: product.id,
      locationId,
      toLocationId: null,
      quantity: onHand,
      reason: null,
    });
  }
  const [place] = locations;
  if (!place) throw new Error('the made-up data lacks its place');
  window.location.hash = `#/product/${product.id}`;
  await user.click(await screen.findByRole('link', { name: 'Label for its place' }));
  expect(await screen.findByText(`Belongs to ${place.code}; other location:`)).toBeTruthy();
  const [page] = await print(user);
  const texts = textsOf(page as Element);
  expect(texts[0]).toBe(place.code);
  expect(texts).toContain(product.packs[0]?.code);
  expect(texts.join(' ')).toContain(product.sku);
});
