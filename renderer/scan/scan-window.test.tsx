import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import { renderApp } from '../testing/render-app.tsx';
import { createMockScanner } from './mock-scanner.ts';

const scanner = () => createMockScanner({ page: window, profile: DEFAULT_SCANNER, msPerKey: 5 });

it('F1: a scan with no field focused opens its product, says so and is heard', async () => {
  const { desktop, tones } = await renderApp('/catalogue');
  const product = desktop.catalogue.products.find(({ packs }) => packs.length > 1);
  const pack = product?.packs[1];
  await screen.findByText('395 products');
  (document.activeElement as HTMLElement).blur();
  scanner().scan(pack?.code ?? '');
  expect(await screen.findByRole('heading', { level: 1, name: product?.name ?? '' })).toBeTruthy();
  expect(screen.getByText(`Scanned: ${pack?.code} stands for 24 pcs.`)).toBeTruthy();
  await waitFor(() => expect(screen.getByTestId('scan-notice').dataset['outcome']).toBe('ok'));
  expect(tones).toEqual([1_320]);
});

it('C5: a scan into the focused search field leaves nothing in it', async () => {
  await renderApp('/catalogue');
  const field = (await screen.findByRole('combobox', {
    name: 'Search products',
  })) as HTMLInputElement;
  field.focus();
  scanner().scan('4012345678901');
  expect(field.value).toBe('');
  await screen.findByText('Nothing has the code 4012345678901.');
  expect(field.value).toBe('');
});
