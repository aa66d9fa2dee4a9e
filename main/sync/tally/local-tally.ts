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
} from '../../../shared/desktop/tally-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import { StatementCache } from '../../store/statement-cache.ts';
import { GoodsReads, type TallySources } from '../../store/tally/goods-reads.ts';
import { TallyEntries } from '../../store/tally/tally-entries.ts';
import { TallyLines } from '../../store/tally/tally-lines.ts';
import { TallyStore } from '../../store/tally/tally-store.ts';
import type { WorkStore } from '../../store/work-store.ts';
import { assignEntry, placeTally, typeLine, voidEntry } from './change-tally.ts';
import { discardTally, postTally } from './post-tally.ts';
import { lookUpScans, takeScan } from './take-scan.ts';
import { mustFind, type TallyParts } from './tally-parts.ts';
import { tallySummary, tallyView, type ViewPorts } from './tally-view.ts';

export interface LocalTallyPorts {
  work: WorkStore;
  /** Of the moment: replicas come and go. */
  sources: () => TallySources;
  now: () => number;
  /** A local instant by the clock that laptops share. */
  sharedTime: (at: number) => number;
  newId: () => string;
  /** Something failed that nobody has to wait for. */
  onError: (error: unknown) => void;
  /** Lists of tallies look different now. Not told of single scans: whoever scans has their outcome. */
  onTallies: () => void;
  /** Rows of these entities look different now. */
  onPosted: (entities: readonly string[]) => void;
}

/** What is scanned and counted on this laptop until it is posted. Every call is durable when it returns. */
export class LocalTally {
  readonly #ports: LocalTallyPorts;
  readonly #parts: TallyParts;

  constructor(ports: LocalTallyPorts) {
    const { work, sources, now, sharedTime, newId, onError } = ports;
    const cache = new StatementCache(work.db);
    this.#ports = ports;
    this.#parts = {
      work,
      tallies: new TallyStore(work.db, work.person),
      entries: new TallyEntries(work.db, work.person),
      lines: new TallyLines(work.db),
      goods: () => new GoodsReads(sources(), cache),
      reader: () => sources().records,
      now,
      sharedTime,
      newId,
      onError,
    };
  }

  /** Goes on with the open one of this kind and subject, if there is one. */
  start(input: TallyStart, by: TallyWorker): TallyView {
    const { tallies, work, newId, now } = this.#parts;
    this.#assertCanStart(input);
    const open = tallies.findOpen(input);
    const tallyId = open?.tallyId ?? newId();
    const { locationId } = input;
    work.outbox.together(() => {
      if (!open) tallies.add(tallyId, input, { personId: by.personId, at: now() });
      if (locationId === null || locationId === open?.locationId) return;
      placeTally(this.#parts, { tallyId, locationId, role: 'at' });
    });
    this.#ports.onTallies();
    return this.#view(tallyId, by);
  }

  /** Open ones, those used last first. */
  list({ kind, siteId }: TallyList): TallySummary[] {
    return this.#parts.tallies
      .listOpen()
      .filter((tally) => kind === null || tally.kind === kind)
      .filter((tally) => siteId === null || tally.siteId === siteId)
      .map((tally) => tallySummary(tally, this.#viewPorts()));
  }

  get(tallyId: string, by: TallyWorker): TallyView {
    return this.#view(tallyId, by);
  }

  /** On the disk before it was looked up, and so before this returns. */
  scan(input: TallyScanInput, by: TallyWorker): ScanOutcome {
    return takeScan(this.#parts, input, by.scanner);
  }

  type(input: TallyType): TallyLine | null {
    return typeLine(this.#parts, input);
  }

  assign(input: TallyAssign, by: TallyWorker): ScanOutcome {
    const outcome = assignEntry(this.#parts, input, by.personId);
    this.#ports.onTallies();
    return outcome;
  }

  void(input: TallyVoid): void {
    voidEntry(this.#parts, input);
    this.#ports.onTallies();
  }

  place(input: TallyPlace): void {
    placeTally(this.#parts, input);
    this.#ports.onTallies();
  }

  post(input: TallyPost, by: TallyWorker): TallyPosted {
    const { posted, entities } = postTally(this.#parts, input, by);
    if (entities.length > 0) this.#ports.onPosted(entities);
    return posted;
  }

  discard(input: TallyDiscard): void {
    discardTally(this.#parts, input);
    this.#ports.onTallies();
  }

  /** Codes that nobody knew, the newest first. */
  unknown(): TallyUnknown[] {
    const { entries, goods } = this.#parts;
    return entries.unknown().map((entry) => {
      const { siteId, kind } = mustFind(this.#parts, entry.tallyId);
      const place = entry.locationId === null ? null : goods().location(siteId, entry.locationId);
      return {
        entryId: entry.entryId,
        tallyId: entry.tallyId,
        kind,
        code: entry.code,
        locationCode: place?.code ?? null,
        at: entry.at,
      };
    });
  }

  #view(tallyId: string, by: TallyWorker): TallyView {
    lookUpScans(this.#parts, tallyId, by.scanner);
    return tallyView(mustFind(this.#parts, tallyId), this.#viewPorts());
  }

  #viewPorts(): ViewPorts {
    const { goods, entries, lines } = this.#parts;
    return { goods: goods(), entries, lines };
  }

  #assertCanStart({ kind, siteId, subjectId }: TallyStart): void {
    if (!this.#ports.sources().sites.some((site) => site.siteId === siteId)) {
      throw new TallymanError('NOT_FOUND', 'This site is not on this laptop.', {
        details: { id: siteId },
      });
    }
    if (kind !== 'count') return;
    const plan = subjectId === null ? null : this.#parts.goods().stockCount(siteId, subjectId);
    if (!plan) throw new TallymanError('NOT_FOUND', 'This count is not on this laptop.');
    if (plan.stage >= COUNT_STAGES.approved) {
      throw new TallymanError('CONFLICT', 'This count is over. Plan another one.');
    }
  }
}
