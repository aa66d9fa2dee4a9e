import { must } from '../shared/domain/assert.ts';
import { withCheckDigit } from '../shared/domain/gtin.ts';
import { randomFrom } from './random.ts';

/** Words of one language. Names are put together from them the way that shops write them. */
interface Vocabulary {
  things: readonly string[];
  traits: readonly string[];
  syllables: readonly string[];
  categories: readonly string[];
  measure: (size: number) => string;
}

const words = (text: string): string[] => text.split(', ');

const VOCABULARIES: readonly Vocabulary[] = [
  {
    things: words(
      'hand cream, screwdriver set, ceiling lamp, ground coffee, cotton towel, garden hose, wall clock, paint brush, olive oil, running shoes, desk chair, baby shampoo, cable ties, steel bolt, work gloves, tea biscuits, dish soap, power drill, notebook, water bottle, door handle, safety helmet, extension lead, cat food',
    ),
    traits: words(
      'lavender, extra strong, classic, red, blue, matt black, with lid, organic, heavy duty, sensitive, foldable, waterproof, family pack, refill, unscented, stainless, soft, narrow, left-handed, ruby, mint, long life',
    ),
    syllables: words('bel, cor, dan, fen, gar, hol, kin, lum, mor, nor, pel, ros, tam, ver, wil'),
    categories: words('Household, Tools, Food, Office, Clothing, Pets, Garden, Lighting'),
    measure: (size) => `${size * 25} ml`,
  },
  {
    things: words(
      'Handcreme, Schraubendreher, Deckenleuchte, Kaffee gemahlen, Badetuch, Gartenschlauch, Wanduhr, Flachpinsel, Olivenöl, Laufschuhe, Bürostuhl, Kabelbinder, Sechskantschraube, Arbeitshandschuhe, Spülmittel, Bohrmaschine, Notizbuch, Türgriff, Schutzhelm, Müsli, Katzenfutter',
    ),
    traits: words(
      'Lavendel, extra stark, klassisch, rot, grün, schwarz matt, mit Deckel, Bio, für draußen, empfindliche Haut, klappbar, wasserdicht, Nachfüllpack, verzinkt, weich, schmal, Süßkirsche, groß',
    ),
    syllables: words('hald, kern, lind, mark, rein, stol, tann, wald, zell, berg, brück, grün'),
    categories: words('Haushalt, Werkzeug, Lebensmittel, Büro, Bekleidung, Garten, Leuchten'),
    measure: (size) => `${size}x${size * 10} mm`,
  },
  {
    things: words(
      'crema de manos, destornillador, lámpara de techo, café molido, toalla de algodón, manguera, reloj de pared, brocha, aceite de oliva, zapatillas, silla de oficina, champú, bridas, guantes de trabajo, galletas, lavavajillas, taladro, cuaderno, casco, pienso para gato',
    ),
    traits: words(
      'lavanda, extra fuerte, clásico, rojo, azul, negro mate, con tapa, ecológico, plegable, impermeable, recambio, inoxidable, suave, estrecho, menta, pequeño, para niños',
    ),
    syllables: words('alo, bra, cas, del, mira, ola, pin, rio, sol, tor, val, ver'),
    categories: words('Hogar, Herramientas, Alimentación, Oficina, Ropa, Jardín, Iluminación'),
    measure: (size) => `${size * 50} g`,
  },
  {
    things: words(
      'крем для рук, отвёртка, светильник потолочный, кофе молотый, полотенце махровое, шланг садовый, часы настенные, кисть плоская, масло оливковое, кроссовки, кресло офисное, шампунь детский, стяжка кабельная, болт, перчатки рабочие, печенье, средство для посуды, дрель, тетрадь, ручка дверная, каска, корм для кошек, сельдь филе',
    ),
    traits: words(
      'лаванда, экстра, классика, красный, синий, чёрный матовый, с крышкой, эко, усиленный, для чувствительной кожи, складной, водостойкий, семейная упаковка, сменный блок, нержавеющий, мягкий, узкий, вишня, мята, большой',
    ),
    syllables: words('бере, вол, дом, зар, ков, лад, мир, нев, рос, свет, сев, тай'),
    categories: words('Дом, Инструменты, Продукты, Канцелярия, Одежда, Зоотовары, Сад, Свет'),
    measure: (size) => `${size * 10}шт`,
  },
];

/** GS1 keeps numbers that begin with 2 for use inside a shop, so no real product has one of ours. */
const OWN_PREFIX = '2';

export const SAMPLE_HEADER = 'sku\tbarcode\tname\tcategory\tbrand\tunit\tprice\tmin_stock\n';

/** Believable products as lines of a TSV file, Latin and Cyrillic, the same for the same seed. */
export function* sampleLines(rows: number, seed: number): Generator<string, void, void> {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  // Squared, so that some words are frequent and others rare, as in any shop.
  const one = <T>(from: readonly T[]): T =>
    must(from[Math.floor(random() ** 2 * from.length)], 'a word');
  for (let at = 0; at < rows; at++) {
    const language = one(VOCABULARIES);
    const brand = capitalised(
      one(language.syllables) + one(language.syllables) + one(language.syllables),
    );
    const name = [
      capitalised(one(language.things)),
      ...(below(4) === 0 ? [] : [brand]),
      one(language.traits),
      ...(below(2) === 0 ? [one(language.traits)] : []),
      language.measure(1 + below(40)),
      ...(below(3) === 0 ? [`${brand.slice(0, 2).toUpperCase()}${100 + below(9_900)}`] : []),
    ].join(' ');
    const fields = [
      `A-${String(at + 1).padStart(7, '0')}`,
      withCheckDigit(OWN_PREFIX + String(at).padStart(11, '0')),
      name,
      `${one(language.categories)}/${capitalised(one(language.things))}`,
      brand,
      'pcs',
      (below(20_000) / 100).toFixed(2),
      below(5) === 0 ? String(1 + below(20)) : '',
    ];
    yield `${fields.join('\t')}\n`;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}
