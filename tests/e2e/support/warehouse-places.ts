import type { Page } from 'playwright-core';
import type { AppPage } from './app-page.ts';
import { addMockScanner, scanInPage } from './mock-scanner-script.ts';
import { callServer } from './tallyman.ts';

/** How a person comes to each screen and dialog. Escape closes a dialog. */
export type Places = Readonly<Record<string, (app: AppPage) => Promise<void>>>;

const DELIVERY_ID = '01900000-0000-7000-8000-000000000d01';
const PATIENCE_MS = 60_000;
const PASTED = 'site\tlocation\tsku\tquantity\nHAM\tA-01\tSKU-1\t12\nHAM\tX-99\tNO-SKU\tmany\n';

/** DEL-2: 20 of the first product, on their way to the first site. */
export async function expectDelivery(address: string): Promise<void> {
  const server = callServer(address);
  const { rows: products } = await server.catalogue.products.list.query({ limit: 1 });
  const { rows: sites } = await server.catalogue.sites.list.query({ limit: 1 });
  const siteId = String(sites[0]?.id);
  await server.entities.delivery.upsert.mutate({
    id: DELIVERY_ID,
    site_id: siteId,
    code: 'DEL-2',
    supplier: 'Havel & Sons',
    state: 'expected',
    expected_at: Date.now(),
    note: 'At the back door',
  });
  await server.entities.deliveryLine.upsert.mutate({
    id: '01900000-0000-7000-8000-000000000d02',
    site_id: siteId,
    delivery_id: DELIVERY_ID,
    product_id: String(products[0]?.id),
    expected: 20,
    received: 0,
  });
}

/** Work under way of every kind, so that no screen is empty, and the ways to all of it. */
export async function beginWork(app: AppPage): Promise<Places> {
  const { page } = app;
  await startAs(page, 'Dora Falk');
  await addMockScanner(page);
  await addPhoto(page);
  await addGoods(page, `/receive/${DELIVERY_ID}`);
  await scanInPage(page, '99999999');
  await page.getByRole('button', { name: 'Assign 99999999' }).first().waitFor();
  await addGoods(page, '/move');
  await addGoods(page, '/issue');
  const reviewed = await planCount(page, 'CNT-1');
  await countPlace(page, reviewed);
  await startReview(page, reviewed);
  const running = await planCount(page, 'CNT-2');
  await visit(page, `/counts/${running}/counting`);
  await choosePlace(page, 'Place');
  return { ...GOODS, ...DELIVERIES, ...countPlaces(reviewed, running), ...VIEWS, ...TOOLS };
}

async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = '#${path}'`);
  await page.locator('main h1').first().waitFor();
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
}

async function startAs(page: Page, name: string): Promise<void> {
  await visit(page, '/people');
  await page.getByRole('button', { name: 'Add somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Start work' }).click();
  await page.getByRole('contentinfo').getByText(name).waitFor();
}

async function addPhoto(page: Page): Promise<void> {
  await visit(page, `/deliveries/${DELIVERY_ID}`);
  // Any picture will do.
  const file = { name: 'pallet.png', mimeType: 'image/png', buffer: await page.screenshot() };
  await page.getByLabel('Choose photos').setInputFiles(file);
  await photos(page).getByRole('img').waitFor();
}

const photos = (page: Page) => page.getByRole('group', { name: 'Photos' });

async function choosePlace(page: Page, label: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label }).first();
  await field.fill('A-01');
  await page.getByRole('option', { name: /A-01/ }).first().click();
}

async function addGoods(page: Page, path: string): Promise<void> {
  await visit(page, path);
  await page.getByTestId('running-total').waitFor();
  await choosePlace(
    page,
    path === '/issue' || path === '/move' ? 'From location' : 'Into location',
  );
  const product = page.getByRole('combobox', { name: /^Product, if nothing/ });
  await product.fill('Blue pen');
  await page
    .getByRole('option', { name: /Blue pen/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Quantity', exact: true }).fill('2');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: 'Quantity of Blue pen' }).waitFor();
}

/** Returns the id of the count. */
async function planCount(page: Page, code: string): Promise<string> {
  await visit(page, '/counts/new');
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  return page.url().split('/').at(-1) ?? '';
}

async function countPlace(page: Page, id: string): Promise<void> {
  await visit(page, `/counts/${id}/counting`);
  await choosePlace(page, 'Place');
  const product = page.getByRole('combobox', { name: 'Goods without a readable code' });
  await product.fill('Blue pen');
  await page
    .getByRole('option', { name: /Blue pen/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Quantity of Blue pen' }).fill('11');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^A-01 is done/ }).click();
  await page.getByText('Counted: A-01').waitFor();
}

async function startReview(page: Page, id: string): Promise<void> {
  await visit(page, `/counts/${id}`);
  await page.getByRole('button', { name: 'All counted: review' }).click();
  await page.getByRole('link', { name: 'Review' }).waitFor({ timeout: PATIENCE_MS });
  await visit(page, `/counts/${id}/review`);
  await page.locator('[data-line="0"]').waitFor({ timeout: PATIENCE_MS });
}

const at = (path: string, role: Parameters<Page['getByRole']>[0] = 'heading') =>
  async function open({ page }: AppPage): Promise<void> {
    await visit(page, path);
    await page.getByRole('main').getByRole(role).first().waitFor();
  };

async function dialogOf({ page }: AppPage, name: RegExp): Promise<void> {
  await page.getByRole('main').getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
}

const GOODS: Places = {
  'receive-delivery': at(`/receive/${DELIVERY_ID}`, 'table'),
  assign: (app) => dialogOf(app, /^Assign 9/),
  void: async (app) => {
    await at(`/receive/${DELIVERY_ID}`, 'table')(app);
    await dialogOf(app, /^Take back/);
  },
  'receive-goods': at('/receive'),
  'move-goods': at('/move', 'table'),
  'issue-goods': at('/issue', 'table'),
  'adjust-goods': at('/adjust'),
};

const DELIVERIES: Places = {
  'delivery-new': at('/deliveries/new'),
  'delivery-lines': at(`/deliveries/${DELIVERY_ID}`, 'table'),
  'delivery-short': (app) => dialogOf(app, /^Close delivery/),
  'delivery-photo': async (app) => {
    await at(`/deliveries/${DELIVERY_ID}`, 'table')(app);
    await photos(app.page).getByRole('button').first().click();
    await app.page.getByRole('dialog').getByRole('img').first().waitFor();
  },
};

const countPlaces = (reviewed: string, running: string): Places => ({
  counts: at('/counts', 'table'),
  'count-new': at('/counts/new'),
  count: at(`/counts/${running}`, 'table'),
  'count-work': at(`/counts/${running}/counting`),
  'count-review': at(`/counts/${reviewed}/review`, 'table'),
  'count-line': async ({ page }) => {
    await page.locator('[data-line="0"]').click();
    await photos(page).waitFor();
  },
});

const VIEWS: Places = {
  stock: at('/stock'),
  'stock-places': at('/stock/places'),
  'stock-place': (app) => dialogOf(app, /^A-01/),
  'stock-expiring': at('/stock/expiring'),
  movements: at('/movements'),
  dashboard: at('/dashboard', 'figure'),
};

const TOOLS: Places = {
  people: at('/people'),
  'person-new': (app) => dialogOf(app, /^Add somebody/),
  labels: async ({ page }) => {
    await visit(page, '/labels');
    const field = page.getByRole('combobox', { name: 'Add a product or location' });
    await field.fill('SKU-1');
    await field.press('Enter');
    await page.getByRole('main').getByRole('img').first().waitFor();
  },
  exchange: at('/exchange'),
  'exchange-problems': async ({ page }) => {
    await page.getByText('Stock', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Paste rows' }).click();
    await page.getByRole('textbox', { name: /^Rows, with/ }).fill(PASTED);
    await page.getByRole('button', { name: 'Use these rows' }).click();
    await page.getByRole('button', { name: 'Check all rows' }).click();
    await page.getByRole('heading', { name: 'Problems' }).waitFor();
  },
  scanner: async ({ page }) => {
    await visit(page, '/settings/scanner');
    await page.getByRole('button', { name: 'Play a sample scan' }).click();
    await page.getByRole('heading', { name: 'Elements of the label' }).waitFor();
    await page.getByRole('img', { name: 'Calibration barcode' }).waitFor();
  },
};
