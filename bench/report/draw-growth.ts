import { must } from '../../shared/domain/assert.ts';
import type { StoredResults } from '../stored-results.ts';
import { count } from './format-value.ts';
import { exponentOf, type GrowthPoint } from './growth.ts';
import { type Growth, growthOf, time } from './growth-table.ts';
import { decadesAround, logScale } from './log-scale.ts';
import { drawing, element, text } from './svg.ts';

const COLUMNS = 3;
const PANEL = { width: 300, height: 210, left: 62, right: 14, top: 44, bottom: 34 };
/** Room for the names of others beside the ends of their lines, and how far these are apart at least. */
const NAMES_WIDTH = 122;
const NAME_HEIGHT = 11;
const MARGIN = 14;
const HEAD = 66;
/** Of our measurements to the ends of the names that peers have for the same work. */
const PEER_WORKS: Readonly<Record<string, string>> = {
  'first-sync-pages': ':first-sync',
  'first-sync-snapshot': ':first-sync',
  'changed-1000-of-n': ':changed-1000-of-n',
  'nothing-changed': ':nothing-changed',
};

/** Time over rows, a small panel per measurement: ours, the limit, and peers where they were measured. */
export function drawGrowth({
  results,
  peers,
  names,
}: {
  results: readonly StoredResults[];
  peers: readonly StoredResults[];
  names: readonly string[];
}): string {
  const panels = growthOf(results, names);
  const others = growthOf(peers, []).filter(({ name }) => name.startsWith('peer:'));
  const rows = decadesAround(
    [...panels, ...others].flatMap(({ ours }) => ours.map((at) => at.rows)),
  );
  const height = HEAD + Math.ceil(panels.length / COLUMNS) * PANEL.height + MARGIN;
  return drawing(
    {
      width: COLUMNS * PANEL.width + 2 * MARGIN,
      height,
      title: 'Time over the size of the catalogue',
      description: panels
        .map(
          ({ name, ours }) =>
            `${name}: ${ours.map((at) => `${time(at.value)} at ${count(at.rows)}`).join(', ')}`,
        )
        .join('; '),
    },
    [
      text('Time over the size of the catalogue, both logarithmic', {
        class: 'words big',
        x: 20,
        y: 28,
      }),
      legendEntry(20, 'a line', 'ours'),
      legendEntry(110, 'c line dashed', 'limit'),
      others.length === 0 ? '' : legendEntry(200, 'd line thin', 'others'),
      ...panels.map((growth, at) => {
        const work = PEER_WORKS[growth.name];
        const beside = others.filter(({ name }) => work !== undefined && name.endsWith(work));
        const left = MARGIN + (at % COLUMNS) * PANEL.width;
        const top = HEAD + Math.floor(at / COLUMNS) * PANEL.height;
        return element(
          'g',
          { transform: `translate(${left} ${top})` },
          panel(growth, beside, rows),
        );
      }),
    ],
  );
}

function legendEntry(x: number, look: string, title: string): string {
  return element('g', {}, [
    element('line', { class: look, x1: x, x2: x + 28, y1: 50, y2: 50 }),
    text(title, { class: 'words', x: x + 36, y: 54 }),
  ]);
}

function panel(growth: Growth, others: readonly Growth[], rows: readonly number[]): string[] {
  const drawn = [growth.ours, growth.limit, ...others.map(({ ours }) => ours)];
  const times = decadesAround(drawn.flat().map(({ value }) => value));
  const bottom = PANEL.height - PANEL.bottom;
  const right = PANEL.width - (others.length === 0 ? PANEL.right : NAMES_WIDTH);
  const x = logScale(endsOf(rows), { from: PANEL.left, to: right });
  const y = logScale(endsOf(times), { from: bottom, to: PANEL.top });
  const line = (points: readonly GrowthPoint[], look: string): string => {
    const places = points.map((at) => ({ x: x(at.rows), y: y(at.value) }));
    const path = places.map((at) => `${at.x.toFixed(1)},${at.y.toFixed(1)}`).join(' ');
    const dots = places.map((at) => element('circle', { class: 'dot', cx: at.x, cy: at.y, r: 3 }));
    return element('g', { class: look.slice(0, 1) }, [
      element('polyline', { class: look.slice(2), points: path }),
      ...dots,
    ]);
  };
  const exponent = exponentOf(growth.ours);
  return [
    text(growth.name, { class: 'words code', x: PANEL.left, y: 20 }),
    text(exponent === null ? '' : `time ∝ rows^${exponent.toFixed(2)}`, {
      class: 'quiet small',
      x: PANEL.left,
      y: 35,
    }),
    ...times.map((at) => sideLine(y(at), right, decadeOf(at))),
    ...rows.map((at) =>
      text(shortCount(at), {
        class: 'quiet small',
        x: x(at),
        y: bottom + 16,
        'text-anchor': 'middle',
      }),
    ),
    ...others.map(({ ours }) => line(ours, 'd line thin')),
    ...namesBeside(others, { x, y, bottom }),
    line(growth.limit, 'c line dashed'),
    line(growth.ours, 'a line'),
  ];
}

/** The names of others where their lines end, kept from lying on one another: from the top down, each below the one before. */
function namesBeside(
  others: readonly Growth[],
  { x, y, bottom }: { x: (rows: number) => number; y: (ms: number) => number; bottom: number },
): string[] {
  const ends = others
    .map(({ name, ours }) => ({ name: name.split(':')[1] ?? name, end: ours.at(-1) }))
    .flatMap(({ name, end }) => (end ? [{ name, x: x(end.rows), y: y(end.value) }] : []))
    .toSorted((a, b) => a.y - b.y);
  const right = Math.max(0, ...ends.map((end) => end.x)) + 7;
  let lowest = PANEL.top - NAME_HEIGHT;
  return ends.map((end, at) => {
    const room = bottom - (ends.length - 1 - at) * NAME_HEIGHT;
    lowest = Math.max(lowest + NAME_HEIGHT, Math.min(end.y, room));
    return text(end.name, { class: 'quiet small', x: right, y: lowest + 4 });
  });
}

function sideLine(y: number, right: number, title: string): string {
  return element('g', {}, [
    element('line', { class: 'grid', x1: PANEL.left, x2: right, y1: y, y2: y }),
    text(title, {
      class: 'quiet small',
      x: PANEL.left - 6,
      y: y + 4,
      'text-anchor': 'end',
    }),
  ]);
}

function endsOf(values: readonly number[]): { from: number; to: number } {
  return { from: must(values[0], 'a decade'), to: must(values.at(-1), 'a decade') };
}

/** A power of ten needs no digits after its first. */
function decadeOf(ms: number): string {
  return ms < 1_000 ? `${Number(ms.toPrecision(1))} ms` : `${count(ms / 1_000)} s`;
}

function shortCount(value: number): string {
  return value >= 1_000_000 ? `${value / 1_000_000} M` : count(value);
}
