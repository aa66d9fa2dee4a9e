import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../../shared/sync/scope.ts';
import { serveProcess } from '../bench-process.ts';
import { randomFrom } from '../random.ts';
import { serveControl } from './control-port.ts';
import { LightLaptop } from './light-laptop.ts';

export interface LaptopsInput {
  serverUrl: string;
  laptops: readonly { deviceId: string; scopes: readonly Scope[] }[];
  seed: number;
}

export interface LaptopsOutput {
  controlUrl: string;
}

/** What all laptops of a process saw since they were asked last. */
export interface LaptopsSeen {
  live: number;
  pulls: number;
  failures: number;
  rssMb: number;
  /** Ids of rows, and when each laptop that got one had it. */
  rows: readonly (readonly [id: string, at: number])[];
}

/** More laptops than this do not begin at the same time: it is not the beginning that is measured. */
const STARTS_AT_ONCE = 20;

const laptops: LightLaptop[] = [];
let control: { close: () => void } | null = null;

/** Many laptops in one process, which stays until its starter goes. */
serveProcess(
  async ({ serverUrl, laptops: wanted, seed }: LaptopsInput): Promise<LaptopsOutput> => {
    const random = randomFrom(seed);
    let rows: [string, number][] = [];
    const port = await serveControl({
      seen: (): LaptopsSeen => {
        const seen = rows;
        rows = [];
        return {
          live: laptops.filter(({ isLive }) => isLive).length,
          pulls: laptops.reduce((sum, laptop) => sum + laptop.pulls, 0),
          failures: laptops.reduce((sum, laptop) => sum + laptop.failures, 0),
          rssMb: process.memoryUsage().rss / 2 ** 20,
          rows: seen,
        };
      },
    });
    control = port;
    for (let from = 0; from < wanted.length; from += STARTS_AT_ONCE) {
      await Promise.all(
        wanted.slice(from, from + STARTS_AT_ONCE).map(async (one) => {
          const onRow = (id: string, at: number): void => void rows.push([id, at]);
          const laptop = new LightLaptop({ serverUrl, random, onRow, ...one });
          laptops.push(laptop);
          await laptop.start();
        }),
      );
      await sleep(1);
    }
    return { controlUrl: port.url };
  },
  async () => {
    control?.close();
    await Promise.all(laptops.map((laptop) => laptop.close()));
  },
);
