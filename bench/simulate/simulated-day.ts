import { must } from '../../shared/domain/assert.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { readScopeStates } from '../../server/sync/scope-state.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { PullCursor } from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { EventQueue } from './event-queue.ts';
import type { OpeningData } from './opening-data.ts';
import { SimulatedLaptop } from './simulated-laptop.ts';
import type { SimulatedServer } from './simulated-server.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** People come to work within so long, most in the middle of it. */
const SHIFT_START_MS = 20 * MINUTE;
/** What the office changed over night, as a share of the catalogue. */
const NIGHT_SHARE = 0.02;
/** From one piece of work of a laptop to the next, and operations of one. */
const BETWEEN_WORK_MS = 12 * MINUTE;
const OPERATIONS_PER_WORK_MAX = 8;
/** A laptop that is poked waits a random share of this, so that not all of them ask at once. */
const POKE_SPREAD_MS = 1 * SECOND;
const CATALOGUE_POKE_SPREAD_MS = 10 * SECOND;
/** The break ends for everybody at once: lids open within so long. */
const WAKE_WITHIN_MS = 30 * SECOND;
/** Laptops that were away all day, and before, come back within so long, with so much work each. */
const RETURN_SHARE = 0.02;
const RETURN_WITHIN_MS = 60 * SECOND;
const RETURN_OPERATIONS = 300;
const CATALOGUE_CHANGES = 1_000;

export interface DayOptions {
  laptops: number;
  /** Of steady work, after the start of the shift. */
  workMinutes: number;
}

export interface DayPorts {
  store: ServerStore;
  server: SimulatedServer;
  opening: OpeningData;
  newId: () => string;
  random: () => number;
  clock: { now: number };
}

/** A working day in virtual time: nothing waits for a clock, and the server does all the work that it would have to do. */
export class SimulatedDay {
  readonly laptops: SimulatedLaptop[] = [];
  /** Away all day, and back at its end. */
  readonly #away: SimulatedLaptop[] = [];
  readonly #present: SimulatedLaptop[] = [];
  readonly #ports: DayPorts;
  readonly #options: DayOptions;
  readonly #events = new EventQueue();
  readonly #bySite = new Map<string, SimulatedLaptop[]>();
  /** The version that the lines of a site were told last. */
  readonly #told = new Map<Scope, number>();
  /** Laptops that will ask soon anyway. */
  readonly #asking = new Set<SimulatedLaptop>();

  constructor(options: DayOptions, ports: DayPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  async run(onPhase: (name: string) => void): Promise<void> {
    const phases: readonly (readonly [string, () => Promise<void>])[] = [
      ['shift start', () => this.#shiftStart()],
      ['work', () => this.#work()],
      ['wake storm', () => this.#wakeStorm()],
      ['catalogue change', () => this.#catalogueChange()],
      ['long-offline return', () => this.#longOfflineReturn()],
    ];
    await this.#enrol();
    for (const [name, phase] of phases) {
      onPhase(name);
      this.#ports.server.phase = name;
      await phase();
      await this.#runEvents();
      this.#ports.clock.now += 10 * MINUTE;
    }
  }

  /** Every laptop holds what there was in the evening. */
  async #enrol(): Promise<void> {
    const { store, opening } = this.#ports;
    const states = await readScopeStates(store.reader);
    const cursorOf = (scope: Scope): PullCursor => {
      const { epoch, version } = must(states.get(scope), 'a scope');
      this.#told.set(scope, version);
      return { scope, epoch, version, after: null, startVersion: null };
    };
    for (let at = 0; at < this.#options.laptops; at++) {
      const place = must(opening.places[at % opening.places.length], 'a site');
      const cursors = [cursorOf(CATALOGUE_SCOPE), cursorOf(siteScope(place.siteId))];
      const laptop = new SimulatedLaptop(place, cursors, {
        ...this.#ports,
        now: () => this.#ports.clock.now,
      });
      this.laptops.push(laptop);
      if (at < this.#options.laptops * RETURN_SHARE) {
        this.#away.push(laptop);
        continue;
      }
      this.#present.push(laptop);
      const own = this.#bySite.get(place.siteId) ?? [];
      own.push(laptop);
      this.#bySite.set(place.siteId, own);
    }
  }

  async #shiftStart(): Promise<void> {
    await this.#changeProducts(Math.ceil(this.#ports.opening.products.length * NIGHT_SHARE));
    for (const laptop of this.#present) {
      // The sum of three is near enough to a bell.
      const { random } = this.#ports;
      const share = (random() + random() + random()) / 3;
      this.#after(share * SHIFT_START_MS, () => this.#sync(laptop));
    }
  }

  async #work(): Promise<void> {
    const lasts = this.#options.workMinutes * MINUTE;
    const { random } = this.#ports;
    for (const laptop of this.#present) {
      for (let at = this.#untilNext(); at < lasts; at += this.#untilNext()) {
        const operations = 1 + Math.floor(random() * OPERATIONS_PER_WORK_MAX);
        this.#after(at, () => this.#workAndSync(laptop, operations));
      }
    }
  }

  async #wakeStorm(): Promise<void> {
    for (const laptop of this.#present) {
      const operations = this.#ports.random() < 0.3 ? 3 : 0;
      this.#after(this.#ports.random() * WAKE_WITHIN_MS, () =>
        this.#workAndSync(laptop, operations),
      );
    }
  }

  async #catalogueChange(): Promise<void> {
    await this.#changeProducts(Math.min(CATALOGUE_CHANGES, this.#ports.opening.products.length));
    for (const laptop of this.#present) {
      this.#after(this.#ports.random() * CATALOGUE_POKE_SPREAD_MS, () => this.#sync(laptop));
    }
  }

  async #longOfflineReturn(): Promise<void> {
    for (const laptop of this.#away) {
      this.#after(this.#ports.random() * RETURN_WITHIN_MS, () =>
        this.#workAndSync(laptop, RETURN_OPERATIONS),
      );
    }
  }

  /** Exponential, as events that know nothing of each other are. */
  #untilNext(): number {
    return -Math.log(1 - this.#ports.random()) * BETWEEN_WORK_MS;
  }

  async #workAndSync(laptop: SimulatedLaptop, operations: number): Promise<void> {
    for (let count = 0; count < operations; count++) laptop.work();
    await this.#sync(laptop);
    if (operations > 0) await this.#pokeOthers(laptop);
  }

  async #sync(laptop: SimulatedLaptop): Promise<void> {
    this.#asking.delete(laptop);
    await laptop.sync();
  }

  /** Who is about to ask for another reason needs no poke of its own. */
  async #pokeOthers(sender: SimulatedLaptop): Promise<void> {
    const scope = siteScope(sender.siteId);
    const version = sender.versionOf(scope);
    const laptops = this.#bySite.get(sender.siteId) ?? [];
    const from = this.#told.get(scope) ?? 0;
    const deviceIds = laptops.map(({ deviceId }) => deviceId);
    const news = await this.#ports.server.tell({ scope, from, deviceIds });
    this.#told.set(scope, version);
    for (const laptop of laptops) {
      if (laptop.versionOf(scope) >= version || this.#asking.has(laptop)) continue;
      if (news !== null && laptop.hear(news)) continue;
      this.#asking.add(laptop);
      this.#after(this.#ports.random() * POKE_SPREAD_MS, () => this.#sync(laptop));
    }
  }

  async #changeProducts(count: number): Promise<void> {
    const { store, opening, clock } = this.#ports;
    const changed: Product[] = opening.products
      .slice(0, count)
      .map((row) => ({ ...row, description: `As of ${clock.now}` }));
    await commitChanges(store, (tx) => tx.update('product', changed));
  }

  #after(ms: number, run: () => Promise<void>): void {
    this.#events.add({ at: this.#ports.clock.now + Math.round(ms), run });
  }

  async #runEvents(): Promise<void> {
    for (let event = this.#events.take(); event; event = this.#events.take()) {
      this.#ports.clock.now = event.at;
      await event.run();
    }
  }
}
