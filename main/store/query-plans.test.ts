import { expect, test } from 'vitest';
import {
  catalogueFilterField,
  catalogueSearchInput,
} from '../../shared/desktop/catalogue-views.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import {
  addOperation,
  type LaptopFiles,
  putRow,
  useLaptopFiles,
} from '../../tests/support/laptop-files.ts';
import {
  badPlans,
  planOf,
  type PlanRules,
  unusedRules,
  watchStatements,
} from '../../tests/support/query-plans.ts';
import { testId, type TestProduct } from '../../tests/support/replica-fixture.ts';
import { type LocalReadMethods, readsBy } from './local-reads.ts';

/**
 * Runs every kind of read with every kind of filter, then asks SQLite how it runs each statement that was prepared for it.
 * A table that may have a million rows must never be read from end to end while a person waits.
 */
const laptop = useLaptopFiles();
const { signal } = new AbortController();
const SITE = testId('site', 1);
const PRODUCT = testId('product', 1);
const LOCATION = testId('location', 1);
const DELIVERY = testId('row', 900);
const COUNT = testId('row', 901);

const RULES: PlanRules = {
  smallTables: {
    replica: 'has one row',
    device: 'has one row',
    category: 'the whole tree is shown; a few thousand',
    below: 'the part of the category tree that is asked for',
    brand: 'some ten thousand, a few milliseconds',
    site: 'as many as a company has warehouses',
    near: 'places that are looked at until enough are empty; bounded',
  },
  exceptions: [
    {
      allows: 'scan',
      statement: /^SELECT count\(\*\) FROM product$/,
      why: 'the total of the catalogue: walks the smallest index, once per state of the data',
    },
    {
      allows: 'scan',
      statement: /FROM stock_movement\s+ORDER BY local_id DESC LIMIT/,
      why: 'the newest movements: ends with the first rows that it meets',
    },
    { allows: 'sort', statement: /WHERE sku IN \(\?, \?, \?\)/, why: 'what has one code' },
    {
      allows: 'sort',
      statement: /FROM barcode\s+WHERE product_id = \?/,
      why: 'the barcodes of one product',
    },
    {
      allows: 'sort',
      statement: /WHERE (\w+ IS \? AND )+\([\w, ]*id\) > /,
      why: 'the rows that belong to one other row; products of a category are listed by the search index',
    },
    {
      allows: 'sort',
      statement: /ORDER BY c\.position, c\.sequence/,
      why: 'pending changes of one entity on this laptop',
    },
    {
      allows: 'scan',
      statement: /FROM operation o NOT INDEXED .*ORDER BY o\.position DESC/s,
      why: 'pending movements, from the newest operation back until there are enough',
    },
  ],
};

/** Their absence cannot be told from a plan, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  category_by_parent_id: 'the table is small',
  site_by_code: 'the table is small',
  product_by_brand_id:
    'of the search index, when a brand is renamed; a list of records would walk by name',
  stock_movement_by_product_id_and_moved_at:
    'what moved since an instant; the index by product alone would do, over its whole history',
};

function filledLaptop(): LaptopFiles {
  const products = Array.from({ length: 300 }, (_, number): TestProduct => ({
    number,
    name: `Cable ${number}`,
    barcodes: [`400${number}`],
    category: 1,
    brand: 1,
    minStock: 2,
  }));
  const files = laptop(
    {
      categories: [{ number: 1, name: 'Food' }],
      brands: [{ number: 1, name: 'Meadow' }],
      products,
    },
    2,
  );
  const location = { name: 'Shelf', zone: null, capacity: null, blocked: 0, note: null };
  const [site] = files.sites;
  for (let number = 0; number < 50; number++) {
    const id = testId('location', number);
    putRow(site!, 'location', { ...location, id, site_id: SITE, code: `L-${number}` });
    putRow(site!, 'stock_level', {
      id: testId('row', number),
      site_id: SITE,
      product_id: testId('product', number),
      location_id: id,
      quantity: number,
    });
  }
  putRow(site!, 'delivery', {
    id: DELIVERY,
    site_id: SITE,
    code: 'D-1',
    supplier: null,
    state: 'expected',
    expected_at: null,
    note: null,
  });
  putCount(site!);
  addOperation(files.work, 1, {
    changes: [
      {
        scope: siteScope(SITE),
        base: null,
        change: {
          entity: 'location',
          version: 1,
          kind: 'create',
          id: testId('location', 900),
          row: { ...location, id: testId('location', 900), site_id: SITE, code: 'L-900' },
        },
      },
    ],
    stand: { state: 'waiting', deviceId: null, number: null },
  });
  return files;
}

/** One that has looked at one place, and that narrows by everything. */
function putCount(site: LaptopFiles['sites'][number]): void {
  const own = { site_id: SITE, count_id: COUNT, location_id: LOCATION };
  putRow(site, 'stock_count', {
    id: COUNT,
    site_id: SITE,
    code: 'C-1',
    stage: 2,
    blind: 0,
    zone: null,
    category_id: testId('category', 1),
    abc: null,
    not_since: 1,
    counters: '[]',
  });
  putRow(site, 'count_place', { ...own, id: testId('row', 902), person_id: null, done_at: 7 });
  const goods = { ...own, product_id: PRODUCT, lot: '', serial: '' };
  const sight = { round: 1, quantity: 3, seen_at: 5, person_id: LOCATION };
  putRow(site, 'count_observation', { ...goods, ...sight, id: testId('row', 903) });
  putRow(site, 'count_line', { ...goods, id: testId('row', 904), round: 1 });
}

type Reads = Omit<LocalReadMethods, 'openFiles'>;

async function readTheCatalogue(reads: Reads): Promise<void> {
  const filters = (['any', 'inStock', 'outOfStock', 'low'] as const).flatMap((stock) =>
    [null, testId('category', 1)].flatMap((categoryId) =>
      [null, testId('brand', 1)].flatMap((brandId) =>
        [null, SITE].flatMap((siteId) =>
          [false, true].map((archived) => ({ stock, categoryId, brandId, siteId, archived })),
        ),
      ),
    ),
  );
  for (const filter of filters.map((one) => catalogueFilterField.parse(one))) {
    for (const text of ['', 'ca', 'cable 1', '4001']) {
      let cursor: string | null = null;
      do {
        const input = catalogueSearchInput.parse({ text, filter, cursor, limit: 100 });
        const page = await reads.search(input, signal);
        cursor = page.nextCursor;
      } while (cursor !== null);
      await reads.count({ text, filter }, signal);
      await reads.window({ text, filter, offset: 0, limit: 5 }, signal);
    }
  }
}

/** By every column with an index, and by none where that is allowed. */
async function listRecords({ records }: Reads): Promise<void> {
  for (const entity of [...entitiesOf('catalogue'), ...entitiesOf('site')]) {
    const site = entity.scope === 'site' ? { site_id: SITE } : {};
    const indexed = entity.indexes.map(({ columns }) =>
      columns.find((name) => name !== 'site_id')!,
    );
    const some = (column: string): StoredValue =>
      entity.columns.find(({ name }) => name === column)?.kind === 'text' ? PRODUCT : 1;
    const wheres = [{}, site, ...indexed.map((column) => ({ ...site, [column]: some(column) }))];
    for (const where of wheres) {
      const first = await records({ entity: entity.name, where, cursor: null, limit: 5 });
      const { nextCursor: cursor } = first;
      if (cursor !== null) await records({ entity: entity.name, where, cursor, limit: 5 });
    }
  }
}

/** A method that is not here does not compile. */
const DRIVERS: { [Name in keyof Reads]: (reads: Reads) => Promise<unknown> } = {
  search: readTheCatalogue,
  count: readTheCatalogue,
  window: readTheCatalogue,
  product: ({ product }) => product(PRODUCT),
  photos: async ({ photos }) => {
    await photos({ subject: { kind: 'product', id: PRODUCT } });
    await photos({ subject: { kind: 'delivery', id: PRODUCT, siteId: SITE } });
  },
  scan: async ({ scan }) => [await scan('4001'), await scan('S1')],
  categories: ({ categories }) => categories(null, signal),
  brands: ({ brands }) => brands('me', signal),
  sites: ({ sites }) => sites(null),
  records: listRecords,
  record: async ({ record }) => {
    for (const { name: entity } of [...entitiesOf('catalogue'), ...entitiesOf('site')]) {
      await record({ entity, id: LOCATION });
    }
  },
  stockOf: ({ stockOf }) => stockOf(PRODUCT),
  movements: async ({ movements }) => {
    for (const productId of [null, PRODUCT]) {
      for (const locationId of [null, LOCATION])
        await movements({ productId, locationId, limit: 50 });
    }
  },
  importLookUp: ({ importLookUp }) => {
    const row = { siteId: null, location: 'L-1', lot: '', serial: '' };
    const rows = [
      { ...row, sku: 'S1', barcode: null },
      { ...row, sku: null, barcode: '4001', siteId: SITE },
    ];
    return importLookUp({ rows }, signal);
  },
  locations: async ({ locations }) => {
    for (const siteId of [null, SITE]) {
      for (const text of ['', 'l', 'shelf']) await locations({ siteId, text, limit: 50 }, signal);
    }
  },
  deliveries: async ({ deliveries }) => {
    for (const siteId of [null, SITE]) {
      for (const text of ['', 'd']) {
        await deliveries({ siteId, show: 'all', text, limit: 50 }, signal);
      }
    }
  },
  delivery: ({ delivery }) => delivery(DELIVERY),
  counts: ({ counts }) => counts({ siteId: SITE, show: 'all', text: '', limit: 50 }, signal),
  countDetail: ({ countDetail }) => countDetail(COUNT),
  countPlaces: ({ countPlaces }) =>
    countPlaces({ countId: COUNT, show: 'all', text: '', offset: 0, limit: 50 }, signal),
  countLines: ({ countLines }) => {
    const all = { filter: 'all', sort: 'value', locationId: null, text: '' } as const;
    return countLines({ ...all, countId: COUNT, offset: 0, limit: 50 }, signal);
  },
  countCheck: ({ countCheck }) => countCheck({ id: COUNT, now: 5 }, signal),
  movementHistory: async ({ movementHistory }) => {
    const all = { siteId: SITE, productId: null, locationId: null, kind: null, cause: null };
    const input = { ...all, from: null, to: null, cursor: null, limit: 50 };
    for (const personId of [null, LOCATION]) {
      await movementHistory({ ...input, personId }, signal);
      await movementHistory({ ...input, personId, cursor: 40, productId: PRODUCT }, signal);
    }
  },
  zones: ({ zones }) => zones(SITE, signal),
  places: ({ places }) => places({ siteId: SITE, zone: null, offset: 0, limit: 50 }, signal),
  goodsAt: ({ goodsAt }) => goodsAt(LOCATION),
  expiring: ({ expiring }) => expiring({ siteId: SITE, until: 5, limit: 50 }),
  dashboard: ({ dashboard }) => dashboard({ siteId: SITE, dayStarts: [0, 10] }, signal),
  putAway: ({ putAway }) =>
    putAway({ productId: PRODUCT, fromLocationId: LOCATION, lot: '', quantity: 1 }),
};

interface Driven {
  files: LaptopFiles;
  catalogue: ReadonlySet<string>;
  site: ReadonlySet<string>;
  work: ReadonlySet<string>;
}

/** What readers prepared for all their methods. */
async function driveReaders(): Promise<Driven> {
  const files = filledLaptop();
  const reader = files.openReader();
  const statementsOf = watchStatements();
  const reads = readsBy(
    (_, work) => Promise.resolve(work(reader)),
    () => 0,
  );
  for (const drive of new Set(Object.values(DRIVERS))) await drive(reads);
  return {
    files,
    catalogue: statementsOf(files.catalogue.name),
    site: statementsOf(files.sites[0]!.name),
    work: statementsOf(files.work.db.name),
  };
}

test('no read looks at a big table from end to end', async () => {
  const { files, catalogue, site, work } = await driveReaders();
  expect(catalogue.size).toBeGreaterThan(40);
  expect(badPlans(files.catalogue, catalogue, RULES)).toEqual([]);
  expect(badPlans(files.sites[0]!, site, RULES)).toEqual([]);
  expect(badPlans(files.work.db, work, RULES)).toEqual([]);
  const unused = [
    unusedRules(files.catalogue, catalogue, RULES),
    unusedRules(files.sites[0]!, site, RULES),
    unusedRules(files.work.db, work, RULES),
  ].reduce((left, right) => left.filter((part) => right.includes(part)));
  expect(unused).toEqual([]);
});

test('the overlay is read by its indexes', async () => {
  const { files, work } = await driveReaders();
  const plans = (part: string): string =>
    [...work]
      .filter((sql) => sql.includes(part))
      .flatMap((sql) => planOf(files.work.db, sql))
      .join('\n');
  expect(plans('c.entity = :entity')).toContain('INDEX operation_change_by_row');
  expect(plans('c.entity = :entity')).not.toMatch(/SCAN [oc]\b/);
  expect(plans('s.product_id IN')).toContain('INDEX operation_stock_by_product');
  expect(plans('FROM conflict')).toContain('INDEX conflict_open');
  expect(plans('WHERE product_id = :productId')).toContain('INDEX operation_stock_by_product');
  expect(plans('WHERE location_id = :locationId')).toContain('INDEX operation_stock_by_location');
});

test('without any one of the indexes the check would fail', async () => {
  const { files, ...texts } = await driveReaders();
  for (const kind of ['catalogue', 'site'] as const) {
    const db = kind === 'site' ? files.sites[0]! : files.catalogue;
    const names = replicaSchema(kind).indexes.flatMap((sql) => /EXISTS (\w+)/.exec(sql)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names.filter((one) => !(one in UNSEEN))) {
      db.exec(`BEGIN; DROP INDEX ${name}`);
      expect.soft(badPlans(db, texts[kind], RULES), name).not.toEqual([]);
      db.exec('ROLLBACK');
    }
  }
});

test('the check sees what it must refuse', () => {
  const { catalogue } = filledLaptop();
  const refused = [
    `SELECT name FROM product WHERE description = 'x'`,
    'SELECT rowid FROM product_search',
    'SELECT p.id FROM product p ORDER BY p.name',
    'SELECT id FROM barcode WHERE product_id > ? ORDER BY pack_quantity LIMIT 5',
    'SELECT rowid FROM product_search WHERE product_search MATCH ? AND rowid > ?',
  ];
  for (const sql of refused) expect(badPlans(catalogue, [sql], RULES), sql).not.toEqual([]);
});
