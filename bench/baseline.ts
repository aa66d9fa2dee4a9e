import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Measurement } from './measurement.ts';

export const BASELINE_FILE = fileURLToPath(new URL('baseline.json', import.meta.url));

/** A ratio that is so many times the one of the baseline is worse; what one run differs from the next is less. */
const WORSE_FROM = 1.25;

/** Catalogue → measurement → ratio. */
const baselineField = z.record(z.string(), z.record(z.string(), z.number().positive()));
export type Baseline = z.output<typeof baselineField>;
type Ratios = Readonly<Record<string, number>>;

/** Ratios of a made-up catalogue and of a real one of the same size differ. */
export function catalogueName({ rows, file }: { rows: number; file: string | null }): string {
  return file === null ? String(rows) : `${rows} of ${basename(file)}`;
}

export function readBaseline(path: string): Baseline {
  return baselineField.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Measurements that were not made keep their ratio. */
export function withRatios(
  baseline: Baseline,
  catalogue: string,
  measurements: readonly Pick<Measurement, 'name' | 'ratio'>[],
): Baseline {
  const ratios = { ...baseline[catalogue] };
  for (const { name, ratio } of measurements) ratios[name] = Number(ratio.toPrecision(3));
  return { ...baseline, [catalogue]: ratios };
}

export interface Comparison {
  name: string;
  ratio: number;
  /** Null if the baseline does not know this measurement. */
  baseline: number | null;
  /** 1.1 is a tenth worse. Null without a baseline. */
  change: number | null;
  isWorse: boolean;
}

export function compare(
  ratios: Ratios | undefined,
  measurements: readonly Pick<Measurement, 'name' | 'ratio'>[],
): Comparison[] {
  return measurements.map(({ name, ratio }) => {
    const baseline = ratios?.[name] ?? null;
    const change = baseline === null ? null : ratio / baseline;
    return { name, ratio, baseline, change, isWorse: change !== null && change >= WORSE_FROM };
  });
}
