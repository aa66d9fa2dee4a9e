import { mkdirSync, writeFileSync } from 'node:fs';
import { encodePng } from './png.ts';
import { colourLayers, paint, templateLayers } from './tally-picture.ts';

/** Draws the pictures in `resources/`, which are kept in the repository: `node tools/icons/draw-icons.ts`. */
const resources = new URL('../../resources/', import.meta.url);
const COLOUR_SIZE = 24;
const TEMPLATE_SIZE = 16;
const APP_ICON_SIZE = 512;

function draw(name: string, layers: Parameters<typeof paint>[0], size: number): void {
  writeFileSync(new URL(name, resources), encodePng(size, paint(layers, size)));
}

mkdirSync(new URL('tray/', resources), { recursive: true });
draw('icon.png', colourLayers('fresh'), APP_ICON_SIZE);
for (const icon of ['fresh', 'syncing', 'offline', 'attention'] as const) {
  draw(`tray/${icon}.png`, colourLayers(icon), COLOUR_SIZE);
  draw(`tray/${icon}@2x.png`, colourLayers(icon), COLOUR_SIZE * 2);
  draw(`tray/${icon}Template.png`, templateLayers(icon), TEMPLATE_SIZE);
  draw(`tray/${icon}Template@2x.png`, templateLayers(icon), TEMPLATE_SIZE * 2);
}
