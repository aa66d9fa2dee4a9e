import type { CountCheck, CountCheckInput } from '../../../shared/desktop/count-views.ts';
import { checkCount } from '../../../shared/domain/check-count.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import { expiryOf, isBlindfold, varianceOf } from './count-line-page.ts';
import { countLines } from './count-lines.ts';
import { countOf } from './count-of.ts';
import { plannedPlaces } from './count-plan.ts';

/** Problems that are told in words; all are counted. */
const TOLD_MAX = 500;

export const NOTHING_CHECKED: CountCheck = { lines: 0, errors: 0, warnings: 0, problems: [] };

/** Everything that is wrong with a count, before it is approved. */
export async function countCheck(
  reader: ReplicaReader,
  { id, now }: CountCheckInput,
  signal: AbortSignal,
): Promise<CountCheck> {
  const found = countOf(reader, id);
  if (found === null || isBlindfold(found)) return NOTHING_CHECKED;
  const lines = await countLines(reader, found, signal);
  const planned = new Set(
    (await plannedPlaces(reader, found, signal)).map(({ locationId }) => locationId),
  );
  const problems = checkCount(
    lines.map((line) => ({
      key: line.lineId,
      product: line.product && {
        id: line.product.id,
        tracking: line.product.tracking,
        tracksExpiry: line.product.tracksExpiry === 1,
      },
      place: line.locationCode === '' ? null : { isPlanned: planned.has(line.goods.location_id) },
      lot: line.goods.lot,
      serial: line.goods.serial,
      expiresOn: expiryOf(line.sights),
      counted: line.counted,
      book: line.book,
      after: line.level === null ? null : line.level + (varianceOf(line) ?? 0),
    })),
    now,
  );
  const errors = problems.filter(({ isError }) => isError);
  const warnings = problems.filter(({ isError }) => !isError);
  const byKey = new Map(lines.map((line) => [line.lineId, line]));
  return {
    lines: lines.length,
    errors: errors.length,
    warnings: warnings.length,
    problems: [...errors, ...warnings].slice(0, TOLD_MAX).map((problem) => {
      const line = byKey.get(problem.key);
      const product = line?.product?.name ?? null;
      return { ...problem, words: { product, place: line?.locationCode ?? null } };
    }),
  };
}
