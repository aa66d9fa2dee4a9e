import type { ScanContext } from '../../../shared/scan/read-scan.ts';
import type { EntryFinding } from '../../store/tally/tally-rows.ts';
import { type Judging, judgeGoods } from './judge-goods.ts';
import { placeProblem } from './place-problem.ts';

/** What one label may stand for: as much as a person may assign. */
const QUANTITY_MAX = 1_000_000;
/** Of a code as entities keep it. */
const CODE_LENGTH_MAX = 64;

/** What a scan is in a tally. */
export function judgeScan(reading: ScanContext, judging: Judging): EntryFinding {
  const { tally, goods } = judging;
  const nothing = unknownScan(reading.code, tally.locationId);
  if (reading.location !== null) return judgePlace(reading.location, nothing, judging) ?? nothing;
  const match = goods.productOfCode(reading.code, reading.gtin);
  const product = match && goods.product(match.productId);
  if (match && product) {
    const named = {
      product,
      quantity: Math.min(QUANTITY_MAX, Math.max(1, (reading.quantity ?? 1) * match.packQuantity)),
      lot: cut(reading.lot),
      serial: cut(reading.serial),
      expiresOn: reading.expiresOn,
    };
    return { ...nothing, productId: product.id, ...judgeGoods(named, judging) };
  }
  const place = judgePlace(reading.code, nothing, judging);
  if (place) return place;
  const isMisread = reading.problems.includes('wrongCheckDigit');
  return isMisread ? { ...nothing, kind: 'problem', problem: 'wrongCheckDigit' } : nothing;
}

export function unknownScan(code: string, locationId: string | null): EntryFinding {
  return {
    kind: 'unknown',
    problem: null,
    code,
    productId: null,
    locationId,
    lot: '',
    serial: '',
    expiresOn: null,
    quantity: 0,
  };
}

/** Null if the site has no such place. */
function judgePlace(
  code: string,
  nothing: EntryFinding,
  { tally, goods }: Judging,
): EntryFinding | null {
  const place = goods.locationOfCode(tally.siteId, code);
  if (!place) return null;
  const problem = placeProblem(tally, place, goods);
  const kind = problem === null ? 'place' : 'wrongPlace';
  return { ...nothing, kind, problem, locationId: place.id };
}

function cut(text: string | null): string {
  return (text ?? '').trim().normalize('NFC').slice(0, CODE_LENGTH_MAX);
}
