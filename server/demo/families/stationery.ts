import { alike, inLanguages, measured, type ProductFamily, worded } from '../product-family.ts';
import { colours } from './colours.ts';

export const STATIONERY: readonly ProductFamily[] = [
  {
    prefix: 'PEN',
    category: ['Stationery', 'Writing'],
    brands: ['Larkmoor', 'Moosbrunner', 'Jarallana', 'Берёзкино'],
    names: inLanguages(
      'Ballpoint pen, tip {0}, {1}',
      'Kugelschreiber, Mine {0}, {1}',
      'Bolígrafo, punta {0}, {1}',
      'Ручка шариковая, стержень {0}, {1}',
    ),
    properties: [
      measured('mm', ['0.5', 1.1], ['0.7', 1], ['1.0', 1]),
      colours('BLU', 'BLK', 'RED', 'GRN'),
    ],
    unit: 'pcs',
    priceMinor: 45,
    packs: [12, 50],
  },
  {
    prefix: 'MRK',
    category: ['Stationery', 'Writing'],
    brands: ['Larkmoor', 'Moosbrunner', 'Jarallana', 'Берёзкино'],
    names: inLanguages(
      'Permanent marker, {0}, {1}',
      'Permanentmarker, {0}, {1}',
      'Marcador permanente, {0}, {1}',
      'Маркер перманентный, {0}, {1}',
    ),
    properties: [
      worded(
        ['BUL', 'bullet tip', 'Rundspitze', 'punta redonda', 'круглый наконечник', 1],
        ['CHI', 'chisel tip', 'Keilspitze', 'punta biselada', 'скошенный наконечник', 1.1],
      ),
      colours('BLK', 'BLU', 'RED', 'GRN', 'YEL', 'ORG'),
    ],
    unit: 'pcs',
    priceMinor: 119,
    packs: [10],
  },
  {
    prefix: 'NBK',
    category: ['Stationery', 'Paper'],
    brands: ['Elmshore', 'Moosbrunner', 'Jarallana', 'Берёзкино'],
    names: inLanguages(
      'Notebook {0}, {1}, {2} sheets',
      'Notizbuch {0}, {1}, {2} Blatt',
      'Cuaderno {0}, {1}, {2} hojas',
      'Тетрадь {0}, {1}, листов: {2}',
    ),
    properties: [
      alike(['A4', 1.4], ['A5', 1], ['A6', 0.7]),
      worded(
        ['LIN', 'ruled', 'liniert', 'rayado', 'в линейку', 1],
        ['SQR', 'squared', 'kariert', 'cuadriculado', 'в клетку', 1],
        ['BLK', 'plain', 'blanko', 'liso', 'без линовки', 1],
      ),
      alike(['48', 0.7], ['80', 1], ['120', 1.4]),
    ],
    unit: 'pcs',
    priceMinor: 189,
    packs: [10, 40],
  },
  {
    prefix: 'PPR',
    category: ['Stationery', 'Paper'],
    brands: ['Elmshore', 'Moosbrunner', 'Jarallana', 'Берёзкино'],
    names: inLanguages(
      'Copy paper {0}, {1}, 500 sheets',
      'Kopierpapier {0}, {1}, 500 Blatt',
      'Papel para copias {0}, {1}, 500 hojas',
      'Бумага для копирования {0}, {1}, 500 листов',
    ),
    properties: [
      alike(['A3', 2.1], ['A4', 1], ['A5', 0.6]),
      measured('g/m²', ['75', 0.9], ['80', 1], ['100', 1.4]),
    ],
    unit: 'pack',
    priceMinor: 549,
    packs: [5, 200],
  },
  {
    prefix: 'LAF',
    category: ['Stationery', 'Filing'],
    brands: ['Elmshore', 'Moosbrunner', 'Jarallana', 'Берёзкино'],
    names: inLanguages(
      'Lever arch file A4, spine {0}, {1}',
      'Ordner A4, Rücken {0}, {1}',
      'Archivador A4, lomo de {0}, {1}',
      'Папка-регистратор A4, корешок {0}, {1}',
    ),
    properties: [
      measured('mm', ['50', 0.9], ['80', 1]),
      colours('BLK', 'WHT', 'BLU', 'RED', 'GRN', 'YEL'),
    ],
    unit: 'pcs',
    priceMinor: 249,
    packs: [10, 20],
  },
];
