import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp, type RenderedApp } from '../testing/render-app.tsx';

/** Of a machine that is busy with other things. */
const LONG = { timeout: 60_000 };

async function openWith(text: string, kind: string): Promise<RenderedApp> {
  const app = await renderApp('/exchange');
  await app.user.click(await screen.findByRole('radio', { name: kind }));
  const file = new File([text], 'rows.csv', { type: 'text/csv' });
  await app.user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), file);
  await screen.findByText('rows.csv');
  return app;
}

it('F24: imports locations after a dry run, once, however often it is asked', async () => {
  const csv = 'Site,Code,Name\nNORTH,Z-01,New rack\nNORTH,Z-02,\nNORTH,A-01-1,Renamed\n';
  const { user, desktop } = await openWith(csv, 'Locations');
  await user.click(screen.getByRole('button', { name: 'Check all rows' }));
  expect(await screen.findByText('All rows are right')).toBeTruthy();
  expect(desktop.store.operations).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Import 3 rows' }));
  expect(await screen.findByText('Imported: 3 rows.')).toBeTruthy();
  expect(desktop.store.operations).toHaveLength(1);
  const codes = (): unknown[] => desktop.store.rows('location').map(({ row }) => row['code']);
  expect(codes().filter((code) => String(code).startsWith('Z-'))).toEqual(['Z-01', 'Z-02']);
  const file = new File([csv], 'rows.csv', { type: 'text/csv' });
  await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), file);
  await user.click(await screen.findByRole('button', { name: 'Check all rows' }));
  expect(await screen.findByText(/3 are so already/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull();
});

it('F24: opening stock becomes the difference to what is there', async () => {
  const { user, desktop } = await renderApp('/exchange');
  const product = desktop.catalogue.products.find(({ tracking }) => tracking === 'none');
  const [place] = (await desktop.app.stock.ofProduct(product?.id ?? '')).locations;
  if (!product || !place) throw new Error('no stock in the fake catalogue');
  await user.click(await screen.findByRole('radio', { name: 'Stock' }));
  await user.click(screen.getByRole('button', { name: 'Paste rows' }));
  const rows = `sku\tsite\tlocation\tquantity\n${product.sku}\t${place.siteCode}\t${place.code}\t${place.onHand + 7}\n`;
  await user.click(screen.getByLabelText('Rows, with the column names in the first'));
  await user.paste(rows);
  await user.click(screen.getByRole('button', { name: 'Use these rows' }));
  await user.click(await screen.findByRole('button', { name: 'Check all rows' }));
  await user.click(await screen.findByRole('button', { name: 'Import 1 row' }));
  expect(await screen.findByText('Imported: 1 row.')).toBeTruthy();
  const { locations } = await desktop.app.stock.ofProduct(product.id);
  expect(locations.find(({ locationId }) => locationId === place.locationId)?.onHand).toBe(
    place.onHand + 7,
  );
  expect(desktop.store.operations[0]?.changes[0]?.change).toMatchObject({
    entity: 'stock_movement',
    row: { kind: 'adjust', quantity: 7, reason: 'Opening stock' },
  });
});

it('S16: 20,000 lines are checked in the screen, all errors listed, only those in sight drawn', async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, at) => `NORTH,Q-${at},${at % 2 === 0 ? 'x' : 1}`,
  );
  const { user, saved } = await openWith(`site,code,capacity\n${lines.join('\n')}\n`, 'Locations');
  await user.click(screen.getByRole('button', { name: 'Check all rows' }));
  expect(await screen.findByText('10,000 problems', {}, LONG)).toBeTruthy();
  expect(screen.getByText(/20,000 rows were looked at\./)).toBeTruthy();
  const table = screen.getByRole('table', { name: 'Problems' });
  expect(table.getAttribute('aria-rowcount')).toBe('10001');
  const drawn = within(table).getAllByRole('row');
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn.length).toBeLessThan(100);
  expect(drawn[1]?.textContent).toContain('Capacity');
  expect(drawn[1]?.textContent).toContain('Write a whole number from 0 to 1000000000');
  await user.click(screen.getAllByRole('button', { name: 'Save as CSV' })[0] as HTMLElement);
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]?.text.trim().split('\r\n')).toHaveLength(10_001);
  expect(
    screen.getByRole('button', { name: 'Import only the 10,000 rows that are right' }),
  ).toBeTruthy();
});

it('F24: guesses the columns, takes a correction, and asks for what is missing', async () => {
  const { user } = await openWith('site,Regal,Stellplatz\nNORTH,R1,Z-77\n', 'Locations');
  expect((await screen.findByRole('alert')).textContent).toBe('Choose the column of: Code');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Code' }), 'Stellplatz (Z-77)');
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Check all rows' }));
  expect(await screen.findByRole('button', { name: 'Import 1 row' })).toBeTruthy();
});

it('F24: says how the server imports products, and checks a file of them here', async () => {
  const { user } = await openWith('sku,name\nA,Tea\nA,\n', 'Products');
  expect(
    screen.getByText('npm run -s server -- import rows.csv --data DIR --kind products --dry-run'),
  ).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Check all rows' }));
  expect(await screen.findByText('1 problem')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Import/ })).toBeNull();
});
