import { must } from '../../shared/domain/assert.ts';
import type { Measurement } from '../measurement.ts';
import type { StoredResults } from '../stored-results.ts';
import { BARS } from './bars.ts';
import { count, ratio } from './format-value.ts';
import { decadesAround, logScale } from './log-scale.ts';
import { measurementsOf } from './stored-measurements.ts';
import { drawing, element, text } from './svg.ts';

const WIDTH = 860;
const LEFT = 190;
const RIGHT = 30;
const TOP = 78;
const LINE_HEIGHT = 34;
/** Dots of one line lie a little below one another, so that none hides another. */
const DOT_STEP = 7;
const BOTTOM = 48;
/** Sizes beyond the third would need a shape of their own. */
const SHAPES = ['circle', 'square', 'diamond'] as const;
const COLOURS = ['b', 'a', 'c'] as const;

interface Dot {
  size: number;
  measurement: Measurement;
}

/** Ratios to the limit: a line per measurement, a dot per size, a stroke where the bar is. */
export function drawRatios(results: readonly StoredResults[], names: readonly string[]): string {
  const sizes = results.slice(-SHAPES.length);
  const dots = sizes.flatMap((ofSize, size): Dot[] =>
    measurementsOf(ofSize, names).map((measurement) => ({ size, measurement })),
  );
  const lines = names.filter((name) => dots.some(({ measurement }) => measurement.name === name));
  const bars = BARS.filter(({ unit, measurement }) => unit === '×' && lines.includes(measurement));
  const decades = decadesAround([
    ...dots.map(({ measurement }) => measurement.ratio),
    ...bars.map(({ most }) => most),
  ]);
  const bottom = TOP + lines.length * LINE_HEIGHT;
  const x = logScale(
    { from: must(decades[0], 'a decade'), to: must(decades.at(-1), 'a decade') },
    { from: LEFT, to: WIDTH - RIGHT },
  );
  const y = (name: string): number => TOP + (lines.indexOf(name) + 0.5) * LINE_HEIGHT;
  return drawing(
    {
      width: WIDTH,
      height: bottom + BOTTOM,
      title: 'How many times as long as the limit',
      description: dots
        .map(
          ({ size, measurement: { name, ratio: value } }) =>
            `${name} at ${count(sizes[size]?.rows ?? 0)} products: ${ratio(value)}`,
        )
        .join('; '),
    },
    [
      text('How many times as long as the limit of the same run', {
        class: 'words big',
        x: 20,
        y: 28,
      }),
      ...legend(sizes.map(({ rows }) => `${count(rows)} products`)),
      ...decades.map((decade) => gridLine(x(decade), bottom, decade)),
      ...lines.map((name) => text(name, { class: 'words code', x: 20, y: y(name) + 4 })),
      ...bars.map(({ measurement, most }) => barAt(x(most), y(measurement))),
      ...dots.map(({ size, measurement }) =>
        dot(
          size,
          x(measurement.ratio),
          y(measurement.name) + (size - (sizes.length - 1) / 2) * DOT_STEP,
        ),
      ),
      text('× limit, logarithmic: further left is quicker', {
        class: 'quiet small',
        x: (LEFT + WIDTH - RIGHT) / 2,
        y: bottom + 38,
        'text-anchor': 'middle',
      }),
    ],
  );
}

function gridLine(x: number, bottom: number, decade: number): string {
  const isOne = decade === 1;
  return element('g', {}, [
    element('line', { class: isOne ? 'one' : 'grid', x1: x, x2: x, y1: TOP - 6, y2: bottom }),
    text(`${decade} ×`, { class: 'quiet small', x, y: bottom + 18, 'text-anchor': 'middle' }),
  ]);
}

function barAt(x: number, y: number): string {
  return element('line', { class: 'd bar', x1: x, x2: x, y1: y - 13, y2: y + 13 });
}

function dot(size: number, x: number, y: number): string {
  const look = { class: `${COLOURS[size] ?? 'd'} dot` };
  switch (SHAPES[size]) {
    case 'square':
      return element('rect', { ...look, x: x - 4.5, y: y - 4.5, width: 9, height: 9 });
    case 'diamond':
      return element('path', { ...look, d: `M${x.toFixed(1)} ${(y - 6).toFixed(1)}l6 6-6 6-6-6z` });
    default:
      return element('circle', { ...look, cx: x, cy: y, r: 5 });
  }
}

function legend(titles: readonly string[]): string[] {
  const step = 160;
  const entry = (at: number, mark: string, title: string): string =>
    element('g', {}, [mark, text(title, { class: 'words', x: LEFT + at * step + 12, y: 56 })]);
  return [
    ...titles.map((title, at) => entry(at, dot(at, LEFT + at * step, 52), title)),
    entry(titles.length, barAt(LEFT + titles.length * step, 52), 'what we want to hold'),
  ];
}
