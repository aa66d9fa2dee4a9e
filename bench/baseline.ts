import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TallymanError } from '../shared/errors.ts';
import type { Measurement } from './measurement.ts';
import { writeFormatted } from './write-formatted.ts';

export const BASELINE_FILE = fileURLToPath(new URL('baseline.json', import.meta.url));

/** A ratio that is so many times the one of the baseline is worse; what one run differs from the next is less. */
const WORSE_FROM = 1.25;

/** Catalogue → measurement → ratio. */
const baselineField = z.record(z.string(), z.record(z.string(), z.number().positive()));
type Baseline = z.output<typeof baselineField>;
type Ratios = Readonly<Record<string, number>>;

/** Ratios of a made-up catalogue and of a real one of the same size differ. */
export function catalogueName({ rows, file }: { rows: number; file: string | null }): string {
  return file === null ? String(rows) : `${rows} of ${basename(file)}`;
}

export function readBaseline(path: string): Baseline {
  return baselineField.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Throws if nothing was stored for this catalogue. */
export function ratiosOf(path: string, catalogue: string): Ratios {
  const ratios = readBaseline(path)[catalogue];
  if (ratios) return ratios;
  throw new TallymanError(
    'BAD_INPUT',
    `The baseline knows no ratios for ${catalogue} products. Store some with --update-baseline.`,
  );
}

/** Other measurements and other catalogues keep their ratios. At once, because a run may be stopped. */
export async function storeRatio(
  path: string,
  catalogue: string,
  { name, ratio }: Pick<Measurement, 'name' | 'ratio'>,
): Promise<void> {
  const baseline = readBaseline(path);
  const ratios = { ...baseline[catalogue], [name]: Number(ratio.toPrecision(3)) };
  await writeFormatted(path, JSON.stringify({ ...baseline, [catalogue]: ratios }));
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
