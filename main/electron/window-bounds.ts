import type { Rectangle } from 'electron';
import { z } from 'zod';

export const WINDOW_WIDTH_MIN = 800;
export const WINDOW_HEIGHT_MIN = 600;

const boundsField = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});

const WIDTH_DEFAULT = 1_280;
const HEIGHT_DEFAULT = 800;

/**
 * Where the window opens: where it was, moved and shrunk to fit the work area that it overlaps most, because the screen
 * it was on may be gone. `remembered` is whatever was stored; `workAreas` begins with the main screen's.
 */
export function windowBounds(remembered: unknown, workAreas: readonly Rectangle[]): Rectangle {
  const [main = { x: 0, y: 0, width: WIDTH_DEFAULT, height: HEIGHT_DEFAULT }] = workAreas;
  const parsed = boundsField.safeParse(remembered);
  if (!parsed.success) return centred(main);
  const wanted = parsed.data;
  const area = workAreas.reduce(
    (best, each) => (overlap(each, wanted) > overlap(best, wanted) ? each : best),
    main,
  );
  const width = Math.min(Math.max(wanted.width, WINDOW_WIDTH_MIN), area.width);
  const height = Math.min(Math.max(wanted.height, WINDOW_HEIGHT_MIN), area.height);
  return {
    width,
    height,
    x: within(wanted.x, area.x, area.x + area.width - width),
    y: within(wanted.y, area.y, area.y + area.height - height),
  };
}

function centred(area: Rectangle): Rectangle {
  const width = Math.min(WIDTH_DEFAULT, area.width);
  const height = Math.min(HEIGHT_DEFAULT, area.height);
  return {
    width,
    height,
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
  };
}

function overlap(left: Rectangle, right: Rectangle): number {
  const width = Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x);
  const height = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return Math.max(0, width) * Math.max(0, height);
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
