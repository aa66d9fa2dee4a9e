import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { createMockScanner } from '../scan/mock-scanner.ts';
import { fakeLocationId } from '../testing/fake-rows.ts';
import { type RenderedApp, renderApp } from '../testing/render-app.tsx';

function scan(text: string): void {
  const scanner = createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey: 5 });
  act(() => scanner.scan(text));
}

interface Receiving extends RenderedApp {
  code: string;
}

/** One piece was received by scan. */
async function receiving(): Promise<Receiving> {
  const app = await renderApp('/receive');
  const { desktop } = app;
  const product = desktop.catalogue.products.find(
    ({ tracking, packs }) => tracking === 'none' && packs.length === 2,
  );
  const code = product?.packs[0]?.code ?? '';
  await screen.findByRole('heading', { name: 'The place first' });
  scan(String(desktop.store.row('location', fakeLocationId(0, 0))?.['code']));
  await screen.findByRole('heading', { name: 'Received here' });
  scan(code);
  await shows('1 pcs');
  return { ...app, code };
}

async function quantityField(): Promise<HTMLInputElement> {
  const lines = within(await screen.findByRole('table', { name: 'Goods' }));
  return lines.findByRole<HTMLInputElement>('textbox');
}

async function shows(text: string): Promise<void> {
  await waitFor(async () => expect((await quantityField()).value).toBe(text));
}

async function typeQuantity(text: string): Promise<HTMLInputElement> {
  const field = await quantityField();
  act(() => field.focus());
  fireEvent.change(field, { target: { value: `${text} pcs` } });
  return field;
}

const stored = ({ desktop }: RenderedApp): string[] =>
  desktop.calls.filter((call) => /^(?:type|post) /.test(call));

it('S12: a typed quantity is stored while its field still has the focus', async () => {
  const app = await receiving();
  const field = await typeQuantity('70');
  await waitFor(() => expect(stored(app)).toEqual(['type 70']));
  expect(document.activeElement).toBe(field);
  await shows('70 pcs');
});

it('S12: what is handed over is what is seen, however short ago it was typed', async () => {
  const app = await receiving();
  await typeQuantity('71');
  fireEvent.click(screen.getByRole('button', { name: 'Receive all this' }));
  expect(await screen.findByText(/^Received 71 pieces at/)).toBeTruthy();
  expect(stored(app)).toEqual(['type 71', 'post receive']);
});

it('S12: typing that was interrupted comes back', async () => {
  const app = await receiving();
  await typeQuantity('72');
  act(() => {
    window.location.hash = '#/catalogue';
  });
  await screen.findByRole('combobox', { name: 'Search products' });
  await waitFor(() => expect(stored(app)).toEqual(['type 72']));
  act(() => {
    window.location.hash = '#/receive';
  });
  await shows('72 pcs');
});

it('S12, C5: a scan into the field leaves what was typed, and counts', async () => {
  const app = await receiving();
  await typeQuantity('73');
  await waitFor(() => expect(stored(app)).toEqual(['type 73']));
  scan(app.code);
  await shows('74 pcs');
  expect(stored(app)).toEqual(['type 73']);
});
