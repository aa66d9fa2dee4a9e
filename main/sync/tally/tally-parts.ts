import { TallymanError } from '../../../shared/errors.ts';
import type { RecordReader } from '../../store/records/record-reader.ts';
import type { GoodsReads } from '../../store/tally/goods-reads.ts';
import type { TallyEntries } from '../../store/tally/tally-entries.ts';
import type { TallyLines } from '../../store/tally/tally-lines.ts';
import type { EntryRow, TallyRow } from '../../store/tally/tally-rows.ts';
import type { TallyStore } from '../../store/tally/tally-store.ts';
import type { WorkStore } from '../../store/work-store.ts';

/** What the steps of a tally work with. */
export interface TallyParts {
  work: WorkStore;
  tallies: TallyStore;
  entries: TallyEntries;
  lines: TallyLines;
  /** Of the moment: replicas come and go. */
  goods: () => GoodsReads;
  reader: () => RecordReader;
  now: () => number;
  /** A local instant by the clock that laptops share. */
  sharedTime: (at: number) => number;
  newId: () => string;
  /** Something failed that nobody has to wait for. */
  onError: (error: unknown) => void;
}

export function mustFind({ tallies }: TallyParts, tallyId: string): TallyRow {
  const tally = tallies.find(tallyId);
  if (tally) return tally;
  throw new TallymanError('NOT_FOUND', 'This tally is not on this laptop any more.');
}

export function mustBeOpen(parts: TallyParts, tallyId: string): TallyRow {
  const tally = mustFind(parts, tallyId);
  if (tally.state === 'open') return tally;
  throw new TallymanError('CONFLICT', 'This was posted or given up already. Begin a new one.', {
    details: { state: tally.state },
  });
}

export function mustFindEntry({ entries }: TallyParts, entryId: string): EntryRow {
  const entry = entries.find(entryId);
  if (entry) return entry;
  throw new TallymanError('NOT_FOUND', 'This scan is not on this laptop any more.');
}
