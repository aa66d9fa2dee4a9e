import type {
  ScanOutcome,
  TallyAssign,
  TallyDiscard,
  TallyLine,
  TallyList,
  TallyPlace,
  TallyPost,
  TallyPosted,
  TallyScanInput,
  TallyStart,
  TallySummary,
  TallyType,
  TallyUnknown,
  TallyView,
  TallyVoid,
  TallyWorker,
} from '../../shared/desktop/tally-views.ts';
import type { LocalTally } from '../sync/tally/local-tally.ts';

/** An input, and who gives it. */
interface By<TInput> {
  input: TInput;
  by: TallyWorker;
}

/** What the data worker does with tallies. */
export interface TallyMethods {
  tallyStart: (call: By<TallyStart>) => TallyView;
  tallyList: (input: TallyList) => readonly TallySummary[];
  tallyGet: (call: By<string>) => TallyView;
  tallyScan: (call: By<TallyScanInput>) => ScanOutcome;
  tallyType: (input: TallyType) => TallyLine | null;
  tallyAssign: (call: By<TallyAssign>) => ScanOutcome;
  tallyVoid: (input: TallyVoid) => void;
  tallyPlace: (input: TallyPlace) => void;
  tallyPost: (call: By<TallyPost>) => TallyPosted;
  tallyDiscard: (input: TallyDiscard) => void;
  tallyUnknown: (input: null) => readonly TallyUnknown[];
}

export function tallyMethods(tally: LocalTally): TallyMethods {
  return {
    tallyStart: ({ input, by }) => tally.start(input, by),
    tallyList: (input) => tally.list(input),
    tallyGet: ({ input, by }) => tally.get(input, by),
    tallyScan: ({ input, by }) => tally.scan(input, by),
    tallyType: (input) => tally.type(input),
    tallyAssign: ({ input, by }) => tally.assign(input, by),
    tallyVoid: (input) => tally.void(input),
    tallyPlace: (input) => tally.place(input),
    tallyPost: ({ input, by }) => tally.post(input, by),
    tallyDiscard: (input) => tally.discard(input),
    tallyUnknown: () => tally.unknown(),
  };
}
