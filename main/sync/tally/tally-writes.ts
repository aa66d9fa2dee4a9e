import type { TallyKind } from '../../../shared/desktop/tally-views.ts';
import type { RecordWrite } from '../../../shared/desktop/record-views.ts';
import { countPlaceId } from '../../../shared/domain/count-ids.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { StockCount } from '../../../shared/entities/stock-count.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { GoodsReads } from '../../store/tally/goods-reads.ts';
import type { LineRow, TallyRow } from '../../store/tally/tally-rows.ts';

export interface Posting {
  tally: TallyRow;
  rows: readonly LineRow[];
  goods: GoodsReads;
  personId: string | null;
  reason: string | null;
  donePlaces: readonly string[];
  now: number;
  /** A local instant by the clock that laptops share. */
  sharedTime: (at: number) => number;
  newId: () => string;
}

/** A row that a tally becomes, and the line that it is of. */
export interface TallyWrite {
  write: RecordWrite;
  lineId: number | null;
}

/** What a tally becomes. Throws BAD_INPUT with what is missing. */
export function tallyWrites(posting: Posting): TallyWrite[] {
  const { tally, rows } = posting;
  const kinds: Readonly<Record<TallyKind, (posting: Posting) => TallyWrite[]>> = {
    count: countWrites,
    receive: receiveWrites,
    move: moveWrites,
    issue: issueWrites,
  };
  if (rows.some(({ locationId }) => locationId === '')) {
    throw new TallymanError('BAD_INPUT', 'Say first where these goods are put.', {
      details: { problem: 'placeNeeded' },
    });
  }
  const writes = kinds[tally.kind](posting);
  if (writes.length > 0) return writes;
  throw new TallymanError('BAD_INPUT', 'There is nothing to post yet.');
}

function movement(posting: Posting, line: LineRow, fields: StoredRow): TallyWrite {
  const { tally, newId, personId, reason, now, sharedTime } = posting;
  return {
    lineId: null,
    write: {
      kind: 'create',
      entity: 'stock_movement',
      id: newId(),
      row: {
        site_id: tally.siteId,
        kind: tally.kind,
        product_id: line.productId,
        from_location_id: null,
        to_location_id: null,
        quantity: line.quantity,
        reason: reason === '' ? null : reason,
        reverses: null,
        moved_at: sharedTime(now),
        lot: line.lot,
        serial: line.serial,
        expires_on: line.expiresOn,
        cause: null,
        person_id: personId,
        delivery_line_id: null,
        count_id: null,
        ...fields,
      },
    },
  };
}

function issueWrites(posting: Posting): TallyWrite[] {
  return withGoods(posting).map((line) =>
    movement(posting, line, { from_location_id: line.locationId }),
  );
}

function moveWrites(posting: Posting): TallyWrite[] {
  const { toLocationId } = posting.tally;
  const lines = withGoods(posting);
  if (toLocationId === null && lines.length > 0) {
    throw new TallymanError('BAD_INPUT', 'Scan the place that the goods go to.', {
      details: { problem: 'placeNeeded' },
    });
  }
  if (lines.some(({ locationId }) => locationId === toLocationId)) {
    throw new TallymanError('BAD_INPUT', 'Choose two different locations.');
  }
  return lines.map((line) =>
    movement(posting, line, { from_location_id: line.locationId, to_location_id: toLocationId }),
  );
}

/** Fills the lines of the delivery, the oldest first; what is too much goes to the last one of the product. */
function receiveWrites(posting: Posting): TallyWrite[] {
  const { tally, goods } = posting;
  const expected =
    tally.subjectId === null
      ? []
      : goods
          .expectedLines(tally.siteId, tally.subjectId)
          .map((line) => ({ ...line, missing: Math.max(0, line.expected - line.received) }));
  return withGoods(posting).flatMap((line) => {
    const own = expected.filter(({ productId }) => productId === line.productId);
    const writes: TallyWrite[] = [];
    let rest = line.quantity;
    for (const [at, one] of own.entries()) {
      const isLast = at === own.length - 1;
      const part = isLast ? rest : Math.min(rest, one.missing);
      if (part === 0) continue;
      rest -= part;
      one.missing -= Math.min(part, one.missing);
      writes.push(receipt(posting, { ...line, quantity: part }, one.id));
    }
    return rest > 0 ? [...writes, receipt(posting, { ...line, quantity: rest }, null)] : writes;
  });
}

function receipt(posting: Posting, line: LineRow, deliveryLineId: string | null): TallyWrite {
  return movement(posting, line, {
    to_location_id: line.locationId,
    delivery_line_id: deliveryLineId,
  });
}

function countWrites(posting: Posting): TallyWrite[] {
  const { tally, rows, donePlaces, goods } = posting;
  const { subjectId } = tally;
  if (subjectId === null) throw new TallymanError('BAD_INPUT', 'This tally is of no count.');
  const plan = goods.stockCount(tally.siteId, subjectId);
  if (!plan) throw new TallymanError('NOT_FOUND', 'This count is not on this laptop any more.');
  const writes = [
    ...rows.map((line) => observation(posting, plan, line)),
    ...donePlaces.map((locationId) => donePlace(posting, plan, locationId)),
  ];
  if (writes.length === 0 || plan.stage !== 0) return writes;
  const counting: RecordWrite = {
    kind: 'update',
    entity: 'stock_count',
    id: plan.id,
    fields: { stage: 1 },
  };
  return [{ lineId: null, write: counting }, ...writes];
}

function observation(posting: Posting, plan: StockCount, line: LineRow): TallyWrite {
  const { tally, goods, newId, personId, reason, sharedTime } = posting;
  const { productId: product_id, locationId: location_id, lot, serial } = line;
  const key = { product_id, location_id, lot, serial };
  return {
    lineId: line.lineId,
    write: {
      kind: 'create',
      entity: 'count_observation',
      id: newId(),
      row: {
        site_id: tally.siteId,
        count_id: plan.id,
        ...key,
        expires_on: line.expiresOn,
        round: goods.roundOf(tally.siteId, plan.id, key),
        quantity: line.quantity,
        seen_at: sharedTime(line.at),
        person_id: personId,
        note: reason === '' ? null : reason,
        reverses: null,
      },
    },
  };
}

function donePlace(posting: Posting, plan: StockCount, locationId: string): TallyWrite {
  const { tally, personId, now, sharedTime } = posting;
  return {
    lineId: null,
    write: {
      kind: 'create',
      entity: 'count_place',
      id: countPlaceId(plan.id, locationId),
      row: {
        site_id: tally.siteId,
        count_id: plan.id,
        location_id: locationId,
        person_id: personId,
        done_at: sharedTime(now),
      },
    },
  };
}

function withGoods({ rows }: Posting): LineRow[] {
  return rows.filter(({ quantity }) => quantity > 0);
}
