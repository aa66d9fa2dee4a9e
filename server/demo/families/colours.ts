import { type Variant, worded } from '../product-family.ts';

/** As they stand after a comma at the end of a name. Spanish and Russian name the colour, so that nothing has to agree. */
const COLOURS: readonly Variant[] = worded(
  ['BLK', 'black', 'schwarz', 'color negro', 'цвет чёрный', 1],
  ['WHT', 'white', 'weiß', 'color blanco', 'цвет белый', 1],
  ['BLU', 'blue', 'blau', 'color azul', 'цвет синий', 1],
  ['RED', 'red', 'rot', 'color rojo', 'цвет красный', 1],
  ['GRN', 'green', 'grün', 'color verde', 'цвет зелёный', 1],
  ['YEL', 'yellow', 'gelb', 'color amarillo', 'цвет жёлтый', 1],
  ['GRY', 'grey', 'grau', 'color gris', 'цвет серый', 1],
  ['ORG', 'orange', 'orange', 'color naranja', 'цвет оранжевый', 1.05],
  ['BRN', 'brown', 'braun', 'color marrón', 'цвет коричневый', 1],
  ['CLR', 'clear', 'transparent', 'transparente', 'цвет прозрачный', 0.95],
);

export function colours(...codes: readonly string[]): readonly Variant[] {
  return COLOURS.filter((colour) => codes.includes(colour.code));
}
