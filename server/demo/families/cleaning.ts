import { alike, inLanguages, measured, type ProductFamily, worded } from '../product-family.ts';
import { colours } from './colours.ts';

export const CLEANING: readonly ProductFamily[] = [
  {
    prefix: 'CLN',
    category: ['Cleaning', 'Detergents'],
    brands: ['Fairhythe', 'Weidenauer', 'Brisaluz', 'Ясномир'],
    names: inLanguages(
      'All-purpose cleaner, {0}, {1}',
      'Allzweckreiniger, {0}, {1}',
      'Limpiador multiusos, {0}, {1}',
      'Средство чистящее универсальное, {0}, {1}',
    ),
    properties: [
      worded(
        ['LEM', 'lemon', 'Zitrone', 'limón', 'лимон', 1],
        ['PIN', 'pine', 'Fichtennadel', 'pino', 'хвоя', 1],
        ['LAV', 'lavender', 'Lavendel', 'lavanda', 'лаванда', 1],
        ['SEA', 'sea breeze', 'Meeresbrise', 'brisa marina', 'морской бриз', 1],
        ['NEU', 'unscented', 'parfümfrei', 'sin perfume', 'без запаха', 1.1],
      ),
      measured('l', ['0.75', 0.8], ['1', 1], ['5', 3.9], ['10', 7.2]),
    ],
    unit: 'pcs',
    priceMinor: 249,
    packs: [12],
  },
  {
    prefix: 'SOP',
    category: ['Cleaning', 'Hygiene'],
    brands: ['Fairhythe', 'Weidenauer', 'Brisaluz', 'Ясномир'],
    names: inLanguages(
      'Liquid soap, {0}, {1}',
      'Flüssigseife, {0}, {1}',
      'Jabón líquido, {0}, {1}',
      'Мыло жидкое, {0}, {1}',
    ),
    properties: [
      worded(
        ['ALO', 'aloe vera', 'Aloe vera', 'aloe vera', 'алоэ вера', 1],
        ['ALM', 'almond', 'Mandel', 'almendra', 'миндаль', 1],
        ['OLV', 'olive', 'Olive', 'oliva', 'олива', 1.1],
        ['ABA', 'antibacterial', 'antibakteriell', 'antibacteriano', 'антибактериальное', 1.3],
      ),
      measured('ml', ['300', 0.7], ['500', 1], ['5000', 6.5]),
    ],
    unit: 'pcs',
    priceMinor: 189,
    packs: [12, 24],
  },
  {
    prefix: 'BAG',
    category: ['Cleaning', 'Waste'],
    brands: ['Larkmoor', 'Weidenauer', 'Nieblasur', 'Ясномир'],
    names: inLanguages(
      'Bin bags {0}, roll of 20, {1}',
      'Müllbeutel {0}, Rolle mit 20 Stück, {1}',
      'Bolsas de basura {0}, rollo de 20, {1}',
      'Мешки для мусора {0}, рулон 20 шт., {1}',
    ),
    properties: [
      measured('l', ['20', 0.6], ['35', 0.8], ['60', 1], ['80', 1.3], ['120', 1.8], ['240', 3]),
      colours('BLK', 'BLU', 'CLR'),
    ],
    unit: 'roll',
    priceMinor: 215,
    packs: [10, 50],
  },
  {
    prefix: 'MFC',
    category: ['Cleaning', 'Equipment'],
    brands: ['Larkmoor', 'Weidenauer', 'Nieblasur', 'Ясномир'],
    names: inLanguages(
      'Microfibre cloth {0}, {1}',
      'Mikrofasertuch {0}, {1}',
      'Paño de microfibra {0}, {1}',
      'Салфетка из микрофибры {0}, {1}',
    ),
    properties: [
      measured('cm', ['30 × 30', 0.8], ['40 × 40', 1]),
      colours('BLU', 'RED', 'GRN', 'YEL', 'GRY'),
    ],
    unit: 'pcs',
    priceMinor: 119,
    packs: [10, 100],
  },
  {
    prefix: 'BRM',
    category: ['Cleaning', 'Equipment'],
    brands: ['Larkmoor', 'Nieblasur'],
    names: inLanguages(
      'Broom head {0}, {1}',
      'Besenkopf {0}, {1}',
      'Cabezal de escoba {0}, {1}',
      'Щётка для пола {0}, {1}',
    ),
    properties: [
      measured('cm', ['28', 0.8], ['40', 1], ['60', 1.4], ['80', 1.9]),
      worded(
        ['HSE', 'horsehair', 'Rosshaar', 'crin', 'конский волос', 1.6],
        [
          'SYN',
          'synthetic bristles',
          'Kunstborsten',
          'cerdas sintéticas',
          'синтетическая щетина',
          1,
        ],
        ['COC', 'coconut fibre', 'Kokosfaser', 'fibra de coco', 'кокосовое волокно', 1.2],
      ),
    ],
    unit: 'pcs',
    priceMinor: 690,
    packs: [12],
  },
  {
    prefix: 'TPR',
    category: ['Cleaning', 'Hygiene'],
    brands: ['Elmshore', 'Moosbrunner', 'Nieblasur', 'Берёзкино'],
    names: inLanguages(
      'Toilet paper, {0}-ply, {1} rolls',
      'Toilettenpapier, {0}-lagig, {1} Rollen',
      'Papel higiénico, {0} capas, {1} rollos',
      'Бумага туалетная, слоёв: {0}, рулонов: {1}',
    ),
    properties: [
      alike(['2', 0.8], ['3', 1], ['4', 1.2]),
      alike(['8', 1], ['16', 1.9], ['32', 3.6]),
    ],
    unit: 'pack',
    priceMinor: 345,
    packs: [4],
  },
];
