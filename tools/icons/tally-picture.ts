import type { TrayIcon } from '../../main/electron/tray-menu.ts';

/** Red, green, blue, alpha, each from 0 to 1. */
type Colour = readonly [number, number, number, number];
/** How far a point is outside a shape; negative inside. */
type Shape = (x: number, y: number) => number;
interface Layer {
  shape: Shape;
  colour: Colour;
}

/** Everything is drawn on a field of this size, as in renderer/style/tally.svg. */
const FIELD = 32;
/** Points per pixel and direction that are averaged, so that edges are smooth. */
const SAMPLES = 4;

const PETROL: Colour = [0.043, 0.29, 0.318, 1];
const WHITE: Colour = [1, 1, 1, 1];
const AMBER: Colour = [0.961, 0.722, 0.29, 1];
const BLUE: Colour = [0.16, 0.45, 0.8, 1];
const GREY: Colour = [0.42, 0.46, 0.49, 1];
const RED: Colour = [0.76, 0.18, 0.13, 1];
const BLACK: Colour = [0, 0, 0, 1];
const CLEAR: Colour = [0, 0, 0, 0];

const tile: Shape = (x, y) => {
  const radius = 7;
  const dx = Math.max(Math.abs(x - 16) - 16 + radius, 0);
  const dy = Math.max(Math.abs(y - 16) - 16 + radius, 0);
  return Math.hypot(dx, dy) - radius;
};

function stroke(
  from: readonly [number, number],
  to: readonly [number, number],
  width = 2.6,
): Shape {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return (x, y) => {
    const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(Math.max(along, 0), 1);
    return Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy) - width / 2;
  };
}

function disc(radius: number): Shape {
  return (x, y) => Math.hypot(x - 23.5, y - 23.5) - radius;
}

const ring: Shape = (x, y) => Math.abs(disc(4)(x, y)) - 1.1;

const marks = [8.5, 13.5, 18.5, 23.5].map((x) => stroke([x, 8], [x, 24]));
const slash = stroke([5.5, 21.5], [26.5, 10.5]);

/** The sign on the badge of each state, and its colour; a state without badge is the good one. */
const BADGES: Readonly<Record<TrayIcon, { colour: Colour; signs: readonly Shape[] } | null>> = {
  fresh: null,
  syncing: { colour: BLUE, signs: [ring] },
  offline: { colour: GREY, signs: [stroke([20, 23.5], [27, 23.5], 2.6)] },
  attention: {
    colour: RED,
    signs: [stroke([23.5, 19], [23.5, 24], 2.8), stroke([23.5, 27.6], [23.5, 27.6], 2.8)],
  },
};

/** The picture in the app's colours. */
export function colourLayers(icon: TrayIcon): readonly Layer[] {
  const badge = BADGES[icon];
  return [
    { shape: tile, colour: PETROL },
    ...marks.map((shape) => ({ shape, colour: WHITE })),
    { shape: slash, colour: AMBER },
    ...(badge
      ? [
          { shape: disc(9), colour: CLEAR },
          { shape: disc(8), colour: badge.colour },
          ...badge.signs.map((shape) => ({ shape, colour: WHITE })),
        ]
      : []),
  ];
}

/** The same as a shape in black, for the menu bar of macOS. */
export function templateLayers(icon: TrayIcon): readonly Layer[] {
  const badge = BADGES[icon];
  return [
    ...[...marks, slash].map((shape) => ({ shape, colour: BLACK })),
    ...(badge
      ? [
          { shape: disc(9.5), colour: CLEAR },
          { shape: disc(8), colour: BLACK },
          ...badge.signs.map((shape) => ({ shape, colour: CLEAR })),
        ]
      : []),
  ];
}

/** Red, green, blue and alpha bytes of a square picture. The topmost layer that covers a point gives its colour. */
export function paint(layers: readonly Layer[], size: number): Uint8Array {
  const topFirst = layers.toReversed();
  const pixels = new Uint8Array(size * size * 4);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const sum = [0, 0, 0, 0];
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = (((pixel % size) + ((sample % SAMPLES) + 0.5) / SAMPLES) * FIELD) / size;
      const row = Math.floor(pixel / size) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      const y = (row * FIELD) / size;
      const [red, green, blue, alpha] =
        topFirst.find(({ shape }) => shape(x, y) <= 0)?.colour ?? CLEAR;
      [red * alpha, green * alpha, blue * alpha, alpha].forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value;
      });
    }
    const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
    const share = alpha === 0 ? 0 : 255 / alpha;
    pixels.set(
      [red * share, green * share, blue * share, (alpha * 255) / (SAMPLES * SAMPLES)].map(
        Math.round,
      ),
      pixel * 4,
    );
  }
  return pixels;
}
