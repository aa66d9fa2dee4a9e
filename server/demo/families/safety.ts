import { alike, inLanguages, type ProductFamily, worded } from '../product-family.ts';
import { colours } from './colours.ts';

const GARMENT_SIZES = alike(['S', 1], ['M', 1], ['L', 1], ['XL', 1], ['XXL', 1.1]);

/** What people at work wear. */
export const SAFETY: readonly ProductFamily[] = [
  {
    prefix: 'GLV',
    category: ['Safety', 'Gloves'],
    brands: ['Castlewick', 'Wachtelberger', 'Isla Parda', 'Севергорье'],
    names: inLanguages(
      '{0} work gloves, size {1}',
      'Arbeitshandschuhe {0}, Größe {1}',
      'Guantes de trabajo {0}, talla {1}',
      'Перчатки рабочие {0}, размер {1}',
    ),
    properties: [
      worded(
        [
          'NIT',
          'Nitrile-coated',
          'mit Nitrilbeschichtung',
          'con recubrimiento de nitrilo',
          'с нитриловым покрытием',
          1,
        ],
        [
          'LTX',
          'Latex-coated',
          'mit Latexbeschichtung',
          'con recubrimiento de látex',
          'с латексным покрытием',
          0.9,
        ],
        [
          'PU',
          'PU-coated',
          'mit PU-Beschichtung',
          'con recubrimiento de PU',
          'с полиуретановым покрытием',
          1.1,
        ],
        ['LTH', 'Leather', 'aus Leder', 'de cuero', 'из кожи', 3.2],
      ),
      alike(['7', 1], ['8', 1], ['9', 1], ['10', 1], ['11', 1]),
    ],
    unit: 'pair',
    priceMinor: 240,
    packs: [12, 144],
  },
  {
    prefix: 'SHO',
    category: ['Safety', 'Footwear'],
    brands: ['Castlewick', 'Wachtelberger'],
    names: inLanguages(
      'Safety {0} S3, size {1}',
      'Sicherheits{0} S3, Größe {1}',
      '{0} de seguridad S3, talla {1}',
      '{0} защитные S3, размер {1}',
    ),
    properties: [
      worded(
        ['LOW', 'shoes', 'halbschuhe', 'Zapatos', 'Полуботинки', 1],
        ['HGH', 'boots', 'stiefel', 'Botas', 'Ботинки', 1.25],
      ),
      alike(
        ['36', 1],
        ['37', 1],
        ['38', 1],
        ['39', 1],
        ['40', 1],
        ['41', 1],
        ['42', 1],
        ['43', 1],
        ['44', 1],
        ['45', 1],
        ['46', 1],
        ['47', 1],
      ),
    ],
    unit: 'pair',
    priceMinor: 5990,
    packs: [],
  },
  {
    prefix: 'HLM',
    category: ['Safety', 'Head and eyes'],
    brands: ['Castlewick', 'Wachtelberger', 'Isla Parda', 'Севергорье'],
    names: inLanguages(
      'Safety helmet with ratchet, {0}',
      'Schutzhelm mit Drehrad, {0}',
      'Casco de seguridad con ruleta, {0}',
      'Каска защитная с храповиком, {0}',
    ),
    properties: [colours('WHT', 'YEL', 'BLU', 'RED', 'ORG')],
    unit: 'pcs',
    priceMinor: 1190,
    packs: [20],
  },
  {
    prefix: 'GOG',
    category: ['Safety', 'Head and eyes'],
    brands: ['Castlewick', 'Wachtelberger', 'Isla Parda', 'Севергорье'],
    names: inLanguages(
      'Safety glasses, {0} lenses',
      'Schutzbrille, {0}',
      'Gafas de seguridad, {0}',
      'Очки защитные, {0}',
    ),
    properties: [
      worded(
        ['CLR', 'clear', 'klare Gläser', 'lentes transparentes', 'прозрачные линзы', 1],
        ['SMK', 'smoke', 'getönte Gläser', 'lentes ahumadas', 'затемнённые линзы', 1.1],
        ['AMB', 'amber', 'gelbe Gläser', 'lentes amarillas', 'жёлтые линзы', 1.1],
      ),
    ],
    unit: 'pcs',
    priceMinor: 480,
    packs: [10],
  },
  {
    prefix: 'VST',
    category: ['Safety', 'Clothing'],
    brands: ['Castlewick', 'Wachtelberger', 'Isla Parda', 'Севергорье'],
    names: inLanguages(
      'High-visibility vest {1}, {0}',
      'Warnweste {1}, {0}',
      'Chaleco reflectante {1}, {0}',
      'Жилет сигнальный {1}, {0}',
    ),
    properties: [colours('YEL', 'ORG'), GARMENT_SIZES],
    unit: 'pcs',
    priceMinor: 390,
    packs: [10, 100],
  },
];
