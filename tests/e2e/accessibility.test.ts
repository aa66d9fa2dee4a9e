import { expect, test } from 'vitest';
import { delivery } from '../../shared/entities/delivery.ts';
import { location } from '../../shared/entities/location.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { TrialLaptop } from '../support/trial-laptop.ts';
import { type AppPage, openAppPage } from './support/app-page.ts';
import { COLOUR_RULES, LAYOUT_RULES, violations } from './support/axe-rules.ts';
import { launchChromium } from './support/launch-chromium.ts';
import { beginWork, expectDelivery, type Places } from './support/warehouse-places.ts';
import { importLines, startBrowserProcess, startServerProcess } from './support/tallyman.ts';

const tempFolder = useTempFolders();
/** Some fifty screens and dialogs, each in three ways, on a busy machine. */
const PATIENCE_MS = 900_000;

const SIZES = [
  [1280, 800],
  [800, 600],
] as const;
/** Of touch mode, in pixels. */
const TOUCH_TARGET = 56;
/** Places that between them have each kind of thing to press. */
const TOUCHED = ['home', 'palette', 'cheat-sheet', 'product', 'receive', 'locations', 'sync'];

/** The screens of what everybody does, and of sync. Those of the warehouse work follow when some of it is under way. */
const PLACES: Places = {
  home: (app) => go(app, 'Home'),
  palette: openPalette,
  'cheat-sheet': openCheatSheet,
  catalogue: (app) => go(app, 'Catalogue'),
  product: openProduct,
  receive: (app) => openDialog(app, 'Receive'),
  move: (app) => openDialog(app, 'Move'),
  adjust: (app) => openDialog(app, 'Adjust'),
  locations: (app) => go(app, 'Locations'),
  'location-panel': (app) => press(app, 'A-01'),
  'location-remove': async (app) => {
    await press(app, 'A-01');
    await press(app, 'Remove');
  },
  'location-new': (app) => press(app, 'New location'),
  deliveries: (app) => go(app, 'Deliveries'),
  delivery: openDelivery,
  'delivery-edit': async (app) => {
    await openDelivery(app);
    await go(app, 'Edit');
    await app.page.getByRole('textbox', { name: 'Code' }).waitFor();
  },
  sync: (app) => go(app, 'Sync'),
  waiting: (app) => go(app, 'Waiting work'),
  correct: (app) => press(app, 'Correct and send'),
  discard: (app) => press(app, 'Discard'),
  decisions: (app) => go(app, 'Decisions'),
  log: (app) => go(app, 'Log'),
  'import-problems': openImportProblems,
  settings: (app) => go(app, 'Settings'),
};

async function go({ page }: AppPage, name: string): Promise<void> {
  // Home leads to some of the places too, below the navigation.
  await page
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .first()
    .click();
}

async function openPalette(app: AppPage): Promise<void> {
  await go(app, 'Home');
  await app.page.getByRole('heading', { level: 1 }).waitFor();
  await app.page.keyboard.press('Control+k');
  await app.page.getByRole('combobox', { name: /^Find an action/ }).fill('pen');
  await app.page.getByRole('option', { name: /Blue pen/ }).waitFor();
}

async function openCheatSheet(app: AppPage): Promise<void> {
  await go(app, 'Home');
  await app.page.keyboard.press('?');
  await app.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
}

async function press({ page }: AppPage, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).last().click();
  await page.getByRole('dialog').last().waitFor();
}

async function openProduct(app: AppPage): Promise<void> {
  await go(app, 'Catalogue');
  await app.product(/Blue pen/).click();
  await app.page.getByRole('heading', { level: 1, name: 'Blue pen' }).waitFor();
}

async function openDelivery(app: AppPage): Promise<void> {
  await go(app, 'Deliveries');
  await go(app, 'DEL-1');
  await app.page.getByRole('heading', { level: 1, name: /DEL-1/ }).waitFor();
}

/** A file of which no row is right, with everything chosen that leads to the list of what is wrong. */
async function openImportProblems(app: AppPage): Promise<void> {
  await go(app, 'Import, export');
  const buffer = Buffer.from('site,code,capacity\nHAM,Z-01,many\nNOWHERE,Z-02,1\nHAM,,1\n');
  const file = { name: 'places.csv', mimeType: 'text/csv', buffer };
  await app.page.locator('input[type=file]').setInputFiles(file);
  await app.page.getByText('places.csv').waitFor();
  await app.page.getByRole('button', { name: /^Check/ }).click();
  await app.page.getByRole('table', { name: 'Problems' }).waitFor();
}

async function openDialog(app: AppPage, action: string): Promise<void> {
  await press(app, action);
  // The list of places, which is open at first, is part of it.
  await app.page.getByRole('option').first().waitFor();
}

async function closeDialogs({ page }: AppPage): Promise<void> {
  const dialogs = page.getByRole('dialog');
  for (let open = await dialogs.count(); open > 0; open = await dialogs.count()) {
    // The first Escape may close a list in it.
    if ((await page.getByRole('option').count()) > 0) await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialogs.count()).toBeLessThan(open);
  }
}

interface Collision {
  app: AppPage;
  other: TrialLaptop;
  stop: () => Promise<void>;
  restart: () => Promise<void>;
}

/** Work of every state: sent, waiting for a decision, refused. */
async function collide({ app, other, stop, restart }: Collision): Promise<void> {
  const { page } = app;
  const places = other.repository(location);
  await other.sync();
  const [place] = places.list({ code: 'A-01' }, 1);
  if (!place) throw new Error('The location is not there.');
  const { site_id: siteId } = place;
  other.repository(delivery).create({
    site_id: siteId,
    code: 'DEL-1',
    supplier: 'Stabilo',
    state: 'expected',
    expected_at: null,
    note: null,
  });
  await other.sync();
  await app.syncNow();
  await go(app, 'Deliveries');
  await page.getByText('DEL-1').waitFor();
  await stop();

  await go(app, 'Locations');
  await press(app, 'A-01');
  await page.getByRole('textbox', { name: 'Name' }).fill('Pens');
  await page.keyboard.press('Enter');
  await page.getByText('Saved: A-01').waitFor();
  await press(app, 'New location');
  await page.getByRole('textbox', { name: 'Code' }).fill('A-03');
  await page.keyboard.press('Enter');
  await page.getByText('Created: A-03').waitFor();
  places.update(place.id, { name: 'Pencils' });
  places.create({ site_id: siteId, code: 'A-03', name: null, zone: null });
  await restart();
  await other.sync();
  await app.syncNow();
  await app.status.filter({ hasText: /1 conflict.*1 refused/ }).waitFor({ timeout: 60_000 });
}

test(
  'F30, F28: every screen and dialog can be used by everybody, in light and dark, wide and narrow',
  async () => {
    const serverData = tempFolder();
    const header = 'sku\tbarcode\tname\tcategory\tbrand\tquantity\tlocation\tsite';
    const lines = ['SKU-1\t4006381333931\tBlue pen\tOffice/Pens\tStabilo\t12\tA-01\tHAM'];
    await importLines(serverData, { kind: 'products', header, lines });
    const first = await startServerProcess(serverData);
    await expectDelivery(first.address);
    await using shell = await startBrowserProcess(tempFolder(), first.address);
    await using browser = await launchChromium();
    await using app = await openAppPage(browser, shell.address);
    await app.status.filter({ hasText: 'Up to date' }).waitFor();
    await using servers = new AsyncDisposableStack();
    const other = new TrialLaptop(tempFolder(), first.address);
    servers.defer(() => other.close());
    await collide({
      app,
      other,
      stop: first.kill,
      restart: async () => {
        const port = Number(new URL(first.address).port);
        servers.use(await startServerProcess(serverData, port));
      },
    });
    const places = { ...PLACES, ...(await beginWork(app)) };
    const found: Record<string, string[]> = {};
    for (const [name, open] of Object.entries(places)) {
      await open(app);
      for (const [width, height] of SIZES) {
        await app.page.setViewportSize({ width, height });
        // Dark has other colours, whatever the size.
        const schemes =
          width === SIZES[0]?.[0] ? (['light', 'dark'] as const) : (['light'] as const);
        for (const colorScheme of schemes) {
          await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          const picture = `${name}-${colorScheme}-${width}`;
          const narrow = width === SIZES[0]?.[0] ? null : LAYOUT_RULES;
          const problems = await problemsOf(app, picture, {
            only: colorScheme === 'dark' ? COLOUR_RULES : narrow,
          });
          if (problems.length > 0) found[picture] = problems;
        }
      }
      await closeDialogs(app);
    }
    expect(found).toEqual({});
  },
  PATIENCE_MS,
);

async function problemsOf(
  app: AppPage,
  picture: string,
  { only }: { only: readonly string[] | null } = { only: null },
): Promise<string[]> {
  await app.page.locator('h1').first().waitFor({ state: 'attached' });
  await app.picture(picture);
  return violations(app.page, only);
}

/** What can be pressed and is lower or narrower than a gloved finger wants it. */
async function smallTargets({ page }: AppPage): Promise<string[]> {
  const small: string[] = [];
  for (const target of await page.locator('a:visible, button:visible').all()) {
    const box = await target.boundingBox();
    // The link to skip to the content waits above the window.
    if (!box || box.y < 0 || (await target.getAttribute('aria-hidden')) === 'true') continue;
    if (Math.round(box.height) < TOUCH_TARGET || Math.round(box.width) < TOUCH_TARGET) {
      small.push(`${await target.innerText()}: ${box.width} × ${box.height}`);
    }
  }
  return small;
}

test(
  'F30: in touch mode all that is pressed is as large as a gloved finger needs, wide and narrow',
  async () => {
    const serverData = tempFolder();
    const header = 'sku\tname\tquantity\tlocation\tsite';
    const lines = ['SKU-1\tBlue pen\t12\tA-01\tHAM'];
    await importLines(serverData, { kind: 'products', header, lines });
    await using server = await startServerProcess(serverData);
    await using shell = await startBrowserProcess(tempFolder(), server.address);
    await using browser = await launchChromium();
    await using app = await openAppPage(browser, shell.address);
    await app.status.filter({ hasText: 'Up to date' }).waitFor();
    await go(app, 'Settings');
    await app.page.getByRole('switch', { name: /^Touch mode/ }).click();
    await app.page.locator('html[data-touch]').waitFor();
    const found: Record<string, string[]> = {};
    for (const [width, height] of SIZES) {
      await app.page.setViewportSize({ width, height });
      for (const name of TOUCHED) {
        await PLACES[name]?.(app);
        const picture = `${name}-touch-${width}`;
        const problems = [...(await problemsOf(app, picture)), ...(await smallTargets(app))];
        if (problems.length > 0) found[picture] = problems;
        await closeDialogs(app);
      }
    }
    expect(found).toEqual({});
  },
  PATIENCE_MS,
);
