import type {
  CountCheck,
  CountCheckInput,
  CountLinesInput,
  CountLinesPage,
  CountPlacesInput,
  CountPlacesPage,
  CountsInput,
  CountSummary,
} from '../../../shared/desktop/count-views.ts';
import type { Read } from '../local-reads.ts';
import { countCheck, NOTHING_CHECKED } from './count-check.ts';
import { countLinePage, NO_LINES } from './count-line-page.ts';
import { countDetail, countList } from './count-list.ts';
import { countPlacePage, NO_PLACES } from './count-place-page.ts';

/** Counts as people plan, count and review them. */
export interface CountReadMethods {
  counts: (input: CountsInput, signal: AbortSignal) => Promise<readonly CountSummary[]>;
  countDetail: (id: string) => Promise<CountSummary | null>;
  countPlaces: (input: CountPlacesInput, signal: AbortSignal) => Promise<CountPlacesPage>;
  countLines: (input: CountLinesInput, signal: AbortSignal) => Promise<CountLinesPage>;
  countCheck: (input: CountCheckInput, signal: AbortSignal) => Promise<CountCheck>;
}

export function countReads(read: Read): CountReadMethods {
  return {
    counts: (input, signal) =>
      read<readonly CountSummary[]>([], (reader) => countList(reader, input, signal)),
    countDetail: (id) => read<CountSummary | null>(null, (reader) => countDetail(reader, id)),
    countPlaces: (input, signal) =>
      read<CountPlacesPage>(NO_PLACES, (reader) => countPlacePage(reader, input, signal)),
    countLines: (input, signal) =>
      read<CountLinesPage>(NO_LINES, (reader) => countLinePage(reader, input, signal)),
    countCheck: (input, signal) =>
      read<CountCheck>(NOTHING_CHECKED, (reader) => countCheck(reader, input, signal)),
  };
}
