import { afterEach } from 'vitest';
import { CurrentRecords } from '../../main/sync/current-records.ts';
import { LocalTally } from '../../main/sync/tally/local-tally.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { DEFAULT_SCANNER } from '../../shared/scan/scanner-profile.ts';
import type { ScanOutcome, TallyView } from '../../shared/desktop/tally-views.ts';
import { type LaptopFiles, putRow, useLaptopFiles } from './laptop-files.ts';
import { testId } from './replica-fixture.ts';

export const SITE = testId('site', 1);
export const PERSON = testId('row', 900_001);
export const DRILL = testId('product', 1);
export const MILK = testId('product', 2);
export const METER = testId('product', 3);
export const BOLT = testId('product', 4);
/** are in zone A, B-01 in zone B, X-01 is blocked. */
export const A1 = testId('location', 1);
export const A2 = testId('location', 2);
export const B1 = testId('location', 3);
export const X1 = testId('location', 4);
/** Right check digits: of one piece, of a box of 12, of goods with lots, with serial numbers, and of plain ones. */
export const CODES = {
  drill: '4006381333931',
  drillBox: '14006381333938',
  milk: '5000112637922',
  meter: '4012345678901',
  bolt: '96385074',
} as const;
export const BY = { personId: PERSON, scanner: DEFAULT_SCANNER };
export const NOON = Date.UTC(2026, 5, 1, 12);

export interface TallyBench {
  files: LaptopFiles;
  tally: LocalTally;
  clock: { now: number };
  /** Told since the start: `tallies`, or the entities that were posted. */
  told: string[];
  put: (entity: string, row: StoredRow) => void;
  level: (productId: string, locationId: string, goods: StoredRow) => void;
  /** Scans a text; a second after the scan before it. */
  scan: (tallyId: string, text: string, afterMs?: number) => ScanOutcome;
  /** What a line of a tally comes to, by the product's name. */
  totals: (tallyId: string) => Record<string, number>;
  /** The rows of an entity that operations create, in their order. */
  made: (entity: string) => StoredRow[];
  view: (tallyId: string) => TallyView;
  newId: () => string;
  /** As after the end of the process: nothing is kept but the files. */
  restart: () => LocalTally;
}

/** A laptop with goods, places and tallies. Everything is closed after the test. */
export function useTallyBench(): () => TallyBench {
  const laptop = useLaptopFiles();
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  return () => {
    const files = laptop(
      {
        categories: [
          { number: 1, name: 'Tools' },
          { number: 2, name: 'Drills', parent: 1 },
        ],
        products: [
          { number: 1, name: 'Drill', barcodes: [CODES.drill], category: 2 },
          { number: 2, name: 'Milk', barcodes: [CODES.milk] },
          { number: 3, name: 'Meter', barcodes: [CODES.meter] },
          { number: 4, name: 'Bolt', barcodes: [CODES.bolt] },
        ],
      },
      1,
    );
    const bench = benchOf(files);
    closing.push(bench.close);
    return bench.bench;
  };
}

function benchOf(files: LaptopFiles): { bench: TallyBench; close: () => void } {
  const { catalogue, sites, work } = files;
  const [site] = sites;
  if (!site) throw new Error('there is no site');
  prepare(files);
  const clock = { now: NOON };
  const told: string[] = [];
  let ids = 0;
  const newId = (): string => testId('row', 800_000 + ++ids);
  const records = new CurrentRecords(work, () => files.files.replicas);
  const open = (): LocalTally =>
    new LocalTally({
      work,
      sources: () => records.sources(),
      now: () => clock.now,
      sharedTime: (at) => at + 5,
      newId,
      onError: (error) => told.push(String(error)),
      onTallies: () => told.push('tallies'),
      onPosted: (entities) => told.push(...entities),
    });
  const bench: TallyBench = {
    files,
    tally: open(),
    clock,
    told,
    newId,
    put: (entity, row) =>
      putRow(entity === 'product' || entity === 'barcode' ? catalogue : site, entity, row),
    level: (productId, locationId, goods) =>
      putRow(site, 'stock_level', {
        id: newId(),
        site_id: SITE,
        product_id: productId,
        location_id: locationId,
        lot: '',
        serial: '',
        expires_on: null,
        quantity: 0,
        ...goods,
      }),
    scan: (tallyId, text, afterMs = 1_000) => {
      clock.now += afterMs;
      return bench.tally.scan({ tallyId, scanId: newId(), text, raw: text, at: clock.now }, BY);
    },
    view: (tallyId) => bench.tally.get(tallyId, BY),
    totals: (tallyId) =>
      Object.fromEntries(
        bench.view(tallyId).items.map((line) => [line.productName, line.quantity]),
      ),
    made: (entity) =>
      (
        work.db
          .prepare(
            'SELECT change FROM operation_change WHERE entity = ? ORDER BY position, sequence',
          )
          .pluck()
          .all(entity) as string[]
      ).map((change) => (JSON.parse(change) as { row: StoredRow }).row),
    restart: () => {
      bench.tally = open();
      return bench.tally;
    },
  };
  return { bench, close: () => records.close() };
}

function prepare({ catalogue, sites: [site] }: LaptopFiles): void {
  if (!site) return;
  for (const [id, tracking] of [
    [MILK, 'lot'],
    [METER, 'serial'],
  ]) {
    catalogue.prepare('UPDATE product SET tracking = ? WHERE id = ?').run(tracking, id);
  }
  catalogue
    .prepare(
      `INSERT INTO barcode (id, product_id, code, pack_quantity, pack_unit, row_version, row_hash)
       VALUES (?, ?, ?, 12, 'box', 1, 1)`,
    )
    .run(testId('row', 900_002), DRILL, CODES.drillBox);
  putRow(catalogue, 'person', { id: PERSON, name: 'Mara', role: 'counter', active: 1 });
  const places = [
    [A1, 'A-01', 'A', 0],
    [A2, 'A-02', 'A', 0],
    [B1, 'B-01', 'B', 0],
    [X1, 'X-01', 'A', 1],
  ] as const;
  for (const [id, code, zone, blocked] of places) {
    putRow(site, 'location', {
      id,
      site_id: SITE,
      code,
      name: null,
      zone,
      capacity: null,
      blocked,
      note: null,
    });
  }
}
