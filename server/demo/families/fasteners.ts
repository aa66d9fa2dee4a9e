import { alike, inLanguages, measured, type ProductFamily, worded } from '../product-family.ts';

const METRIC = alike(['M4', 0.6], ['M5', 0.7], ['M6', 0.8], ['M8', 1], ['M10', 1.5], ['M12', 2.1]);
const FINISHES = worded(
  ['ZN', 'zinc-plated', 'verzinkt', 'zincado', 'оцинковка', 1],
  ['A2', 'A2 stainless steel', 'Edelstahl A2', 'acero inoxidable A2', 'нержавеющая сталь A2', 2.2],
  ['A4', 'A4 stainless steel', 'Edelstahl A4', 'acero inoxidable A4', 'нержавеющая сталь A4', 3.1],
);

/** Bolts, screws and what belongs to them. */
export const FASTENERS: readonly ProductFamily[] = [
  {
    prefix: 'FST',
    category: ['Fasteners', 'Bolts'],
    brands: ['Ridgemark', 'Ulmenwerk', 'Камнеградский'],
    names: inLanguages(
      'Hex bolt {0} × {1}, {2}',
      'Sechskantschraube {0} × {1}, {2}',
      'Tornillo hexagonal {0} × {1}, {2}',
      'Болт с шестигранной головкой {0} × {1}, {2}',
    ),
    properties: [
      METRIC.slice(2),
      measured('mm', ['20', 0.8], ['30', 0.9], ['40', 1], ['50', 1.2], ['60', 1.4], ['80', 1.8]),
      FINISHES,
    ],
    unit: 'pcs',
    priceMinor: 18,
    packs: [100, 500],
  },
  {
    prefix: 'NUT',
    category: ['Fasteners', 'Nuts and washers'],
    brands: ['Ridgemark', 'Ulmenwerk', 'Herrajes Montecal', 'Камнеградский'],
    names: inLanguages(
      'Hex nut {0}, {1}',
      'Sechskantmutter {0}, {1}',
      'Tuerca hexagonal {0}, {1}',
      'Гайка шестигранная {0}, {1}',
    ),
    properties: [METRIC, FINISHES],
    unit: 'pcs',
    priceMinor: 6,
    packs: [100, 1000],
  },
  {
    prefix: 'WSH',
    category: ['Fasteners', 'Nuts and washers'],
    brands: ['Ridgemark', 'Ulmenwerk', 'Herrajes Montecal', 'Камнеградский'],
    names: inLanguages(
      'Flat washer {0}, {1}',
      'Unterlegscheibe {0}, {1}',
      'Arandela plana {0}, {1}',
      'Шайба плоская {0}, {1}',
    ),
    properties: [METRIC, FINISHES],
    unit: 'pcs',
    priceMinor: 3,
    packs: [100, 1000],
  },
  {
    prefix: 'SCW',
    category: ['Fasteners', 'Wood screws'],
    brands: ['Stonelark', 'Lindenwerker', 'Herrajes Montecal'],
    names: inLanguages(
      'Wood screw {0} × {1}, {2}',
      'Holzschraube {0} × {1}, {2}',
      'Tornillo para madera {0} × {1}, {2}',
      'Саморез по дереву {0} × {1}, {2}',
    ),
    properties: [
      alike(['3.5', 0.7], ['4.0', 0.8], ['4.5', 0.9], ['5.0', 1], ['6.0', 1.5]),
      measured('mm', ['25', 0.7], ['35', 0.8], ['45', 0.9], ['60', 1], ['80', 1.4], ['100', 1.8]),
      worded(
        ['CSK', 'countersunk', 'Senkkopf', 'cabeza avellanada', 'потайная головка', 1],
        ['PAN', 'pan head', 'Linsenkopf', 'cabeza alomada', 'полукруглая головка', 1.1],
      ),
    ],
    unit: 'pcs',
    priceMinor: 7,
    packs: [100, 200],
  },
  {
    prefix: 'PLG',
    category: ['Fasteners', 'Anchors and rivets'],
    brands: ['Stonelark', 'Lindenwerker', 'Almarena', 'Уралинка'],
    names: inLanguages(
      'Nylon wall plug {0}',
      'Nylondübel {0}',
      'Taco de nailon {0}',
      'Дюбель нейлоновый {0}',
    ),
    properties: [
      measured('mm', ['5', 0.7], ['6', 0.8], ['8', 1], ['10', 1.5], ['12', 2], ['14', 2.8]),
    ],
    unit: 'pcs',
    priceMinor: 5,
    packs: [100],
  },
  {
    prefix: 'RIV',
    category: ['Fasteners', 'Anchors and rivets'],
    brands: ['Kestrelby', 'Falkenrieth'],
    names: inLanguages(
      'Blind rivet {0} × {1}, {2}',
      'Blindniet {0} × {1}, {2}',
      'Remache ciego {0} × {1}, {2}',
      'Заклёпка вытяжная {0} × {1}, {2}',
    ),
    properties: [
      alike(['3.2', 0.8], ['4.0', 1], ['4.8', 1.3]),
      measured('mm', ['8', 0.9], ['10', 1], ['12', 1.1], ['16', 1.3]),
      worded(
        ['AL', 'aluminium', 'Aluminium', 'aluminio', 'алюминий', 1],
        ['ST', 'steel', 'Stahl', 'acero', 'сталь', 1.2],
      ),
    ],
    unit: 'pcs',
    priceMinor: 4,
    packs: [250, 1000],
  },
];
