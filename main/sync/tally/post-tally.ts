import type {
  TallyDiscard,
  TallyPost,
  TallyPosted,
  TallyWorker,
} from '../../../shared/desktop/tally-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { RecordWriter } from '../../store/records/record-writer.ts';
import { lookUpScans } from './take-scan.ts';
import { mustBeOpen, mustFind, type TallyParts } from './tally-parts.ts';
import { type TallyWrite, tallyWrites } from './tally-writes.ts';

/** With reasons as long as they may be these are 0.8 MB, which one operation may hold. */
const ROWS_PER_OPERATION = 300;

export interface PostResult {
  posted: TallyPosted;
  /** Entities with new rows; empty if it had been posted before. */
  entities: readonly string[];
}

/** The operations and the mark that they were made are one commit: there is no posting twice, whatever dies when. */
export function postTally(parts: TallyParts, input: TallyPost, by: TallyWorker): PostResult {
  const { tallies, lines, work, now, newId, sharedTime } = parts;
  const before = tallies.posted(input.tallyId);
  if (before) return { posted: before, entities: [] };
  mustBeOpen(parts, input.tallyId);
  lookUpScans(parts, input.tallyId, by.scanner);
  const tally = mustFind(parts, input.tallyId);
  return work.outbox.together(() => {
    const rows = lines.list(tally.tallyId);
    const writes = tallyWrites({
      tally,
      rows,
      goods: parts.goods(),
      personId: by.personId ?? tally.personId,
      reason: input.reason,
      donePlaces: input.donePlaces,
      now: now(),
      sharedTime,
      newId,
    });
    const posted: TallyPosted = {
      operationIds: record(parts, writes),
      pieces: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    };
    for (const { write, lineId } of writes) {
      if (lineId !== null && write.id !== undefined) lines.setRow(lineId, write.id);
    }
    tallies.markPosted(tally.tallyId, posted, now());
    return { posted, entities: [...new Set(writes.map(({ write }) => write.entity))] };
  });
}

export function discardTally(parts: TallyParts, { tallyId, reason }: TallyDiscard): void {
  const { tallies, entries, work, now } = parts;
  const tally = mustFind(parts, tallyId);
  if (tally.state === 'discarded') return;
  mustBeOpen(parts, tallyId);
  const isEmpty = tally.lines === 0 && entries.count(tallyId) === 0;
  if (!isEmpty && (reason ?? '') === '') {
    throw new TallymanError('BAD_INPUT', 'Say why this is given up.');
  }
  work.outbox.together(() => tallies.markDiscarded(tallyId, reason, now()));
}

function record({ work, reader, now, newId }: TallyParts, writes: readonly TallyWrite[]): string[] {
  const writer = new RecordWriter({ outbox: work.outbox, reader, now, newId });
  const operationIds: string[] = [];
  for (let at = 0; at < writes.length; at += ROWS_PER_OPERATION) {
    const part = writes.slice(at, at + ROWS_PER_OPERATION);
    const { operationId } = writer.write(part.map(({ write }) => write));
    if (operationId !== null) operationIds.push(operationId);
  }
  return operationIds;
}
