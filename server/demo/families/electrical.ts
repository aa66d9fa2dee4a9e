import { alike, inLanguages, measured, type ProductFamily, worded } from '../product-family.ts';
import { colours } from './colours.ts';

export const ELECTRICAL: readonly ProductFamily[] = [
  {
    prefix: 'CBL',
    category: ['Electrical', 'Cable'],
    tracking: 'lot',
    brands: ['Millreach', 'Kaltenbrücker', 'Уралинка'],
    names: inLanguages(
      'H07V-K cable {0}, ring of {1}, {2}',
      'Aderleitung H07V-K {0}, Ring {1}, {2}',
      'Cable H07V-K {0}, rollo de {1}, {2}',
      'Провод H07V-K {0}, бухта {1}, {2}',
    ),
    properties: [
      measured('mm²', ['1.5', 0.6], ['2.5', 1], ['4', 1.6], ['6', 2.4], ['10', 4.1]),
      measured('m', ['50', 0.55], ['100', 1]),
      colours('BLK', 'BLU', 'BRN', 'GRY', 'RED'),
    ],
    unit: 'roll',
    priceMinor: 4800,
    packs: [],
  },
  {
    prefix: 'LED',
    category: ['Electrical', 'Lighting'],
    brands: ['Brightfell', 'Kaltenbrücker', 'Lumbrería', 'Светлоярка'],
    names: inLanguages(
      'LED lamp {0}, {1}, {2}',
      'LED-Lampe {0}, {1}, {2}',
      'Bombilla LED {0}, {1}, {2}',
      'Лампа светодиодная {0}, {1}, {2}',
    ),
    properties: [
      alike(['E27', 1], ['E14', 0.9], ['GU10', 1.1]),
      measured('W', ['4', 0.7], ['5.5', 0.8], ['7', 1], ['9', 1.2], ['12', 1.6]),
      worded(
        ['WW', 'warm white', 'warmweiß', 'luz cálida', 'тёплый свет', 1],
        ['NW', 'neutral white', 'neutralweiß', 'luz neutra', 'нейтральный свет', 1],
        ['CW', 'cool white', 'kaltweiß', 'luz fría', 'холодный свет', 1],
      ),
    ],
    unit: 'pcs',
    priceMinor: 390,
    packs: [10, 100],
  },
  {
    prefix: 'BAT',
    category: ['Electrical', 'Batteries'],
    tracksExpiry: true,
    brands: ['Brightfell', 'Kaltenbrücker', 'Lumbrería', 'Светлоярка'],
    names: inLanguages(
      'Alkaline battery {0}, blister of {1}',
      'Alkalibatterie {0}, {1}er-Blister',
      'Pila alcalina {0}, blíster de {1}',
      'Батарейка щелочная {0}, блистер {1} шт.',
    ),
    properties: [
      alike(['AAA', 0.9], ['AA', 1], ['C', 2], ['D', 2.6], ['9V', 3.2]),
      alike(['2', 1], ['4', 1.8], ['8', 3.2]),
    ],
    unit: 'pack',
    priceMinor: 210,
    packs: [12, 48],
  },
  {
    prefix: 'TIE',
    category: ['Electrical', 'Installation'],
    brands: ['Millreach', 'Kaltenbrücker', 'Lumbrería', 'Светлоярка'],
    names: inLanguages(
      'Cable ties {0}, pack of 100, {1}',
      'Kabelbinder {0}, 100 Stück, {1}',
      'Bridas para cables {0}, 100 unidades, {1}',
      'Стяжки кабельные {0}, 100 шт., {1}',
    ),
    properties: [
      measured('mm', ['100', 0.5], ['140', 0.7], ['200', 1], ['290', 1.7], ['370', 2.6]),
      colours('BLK', 'WHT'),
    ],
    unit: 'pack',
    priceMinor: 320,
    packs: [10, 50],
  },
  {
    prefix: 'EXT',
    category: ['Electrical', 'Installation'],
    tracking: 'serial',
    brands: ['Millreach', 'Kaltenbrücker', 'Lumbrería', 'Светлоярка'],
    names: inLanguages(
      'Extension lead, {0} sockets, {1}',
      'Steckdosenleiste {0}-fach, {1}',
      'Regleta de {0} tomas, {1}',
      'Удлинитель, розеток: {0}, {1}',
    ),
    properties: [
      alike(['3', 0.8], ['5', 1], ['8', 1.4]),
      measured('m', ['1.5', 0.8], ['3', 1], ['5', 1.3], ['10', 2]),
    ],
    unit: 'pcs',
    priceMinor: 1290,
    packs: [10],
  },
];
