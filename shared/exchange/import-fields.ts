import { ABC_CLASSES, TRACKING_KINDS } from '../entities/product.ts';

export const IMPORT_KINDS = ['locations', 'stock', 'products'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What may stand in a cell. */
export type CellType =
  | { type: 'text'; max: number }
  | { type: 'longText'; max: number }
  | { type: 'integer'; min: number; max: number }
  | { type: 'boolean' }
  /** A calendar day; its value is the UTC time at its start. */
  | { type: 'day' }
  | { type: 'choice'; choices: readonly string[] }
  /** An article number with a right check digit, or a code of the house. */
  | { type: 'barcode'; max: number }
  | { type: 'decimal' };

export interface ImportField {
  name: string;
  cell: CellType;
  isNeeded: boolean;
  /** What the column is called in files, in our four languages, in the form of `headerKey`. Its own name is one of them. */
  headers: readonly string[];
}

const QUANTITY_MAX = 1_000_000_000;
const CODE: CellType = { type: 'text', max: 64 };
const NAME: CellType = { type: 'text', max: 500 };
const NOTE: CellType = { type: 'longText', max: 4_000 };
const COUNT: CellType = { type: 'integer', min: 0, max: QUANTITY_MAX };

const field = (name: string, cell: CellType, headers: string): ImportField => ({
  name,
  cell,
  isNeeded: false,
  headers: [name.replaceAll('_', ''), ...headers.split(' ')],
});
const needed = (name: string, cell: CellType, headers: string): ImportField => ({
  ...field(name, cell, headers),
  isNeeded: true,
});

const SITE = field(
  'site',
  CODE,
  'sitecode warehouse standort lager almacen sede sitio centro площадка склад',
);
const SKU = field(
  'sku',
  CODE,
  'article articlenumber itemnumber productcode artikel artikelnummer artikelnr referencia articulo артикул товар',
);
const BARCODE = field(
  'barcode',
  { type: 'barcode', max: 64 },
  'ean gtin upc upcean strichcode codigodebarras штрихкод',
);

/** What an import knows of each kind of file. Names are those of the server's command and of our own exports. */
export const IMPORT_FIELDS: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  locations: [
    SITE,
    needed(
      'code',
      CODE,
      'location locationcode lagerplatz platz platzcode ubicacion codigo код место ячейка',
    ),
    field('name', NAME, 'description bezeichnung nombre descripcion название наименование'),
    field('zone', CODE, 'area bereich zona зона'),
    field('capacity', COUNT, 'kapazitat capacidad вместимость емкость'),
    field(
      'blocked',
      { type: 'boolean' },
      'locked gesperrt bloqueado bloqueada заблокировано заблокирована',
    ),
    field('note', NOTE, 'notes comment notiz bemerkung nota comentario заметка примечание'),
  ],
  stock: [
    SKU,
    BARCODE,
    SITE,
    needed('location', CODE, 'locationcode code lagerplatz platz platzcode ubicacion место ячейка'),
    needed(
      'quantity',
      COUNT,
      'qty count counted onhand stock menge bestand anzahl cantidad existencias количество остаток',
    ),
    field('lot', CODE, 'batch lotnumber charge los lote партия'),
    field('serial', CODE, 'serialnumber seriennummer numerodeserie serie серийныйномер'),
    field(
      'expires_on',
      { type: 'day' },
      'expiry expirydate bestbefore mhd ablaufdatum verfallsdatum caducidad fechadecaducidad срокгодности годендо',
    ),
  ],
  products: [
    SKU,
    BARCODE,
    needed(
      'name',
      NAME,
      'productname itemname bezeichnung produktname nombre название наименование',
    ),
    field('description', NOTE, 'beschreibung descripcion описание'),
    field(
      'category',
      { type: 'text', max: 2_000 },
      'categoryname kategorie warengruppe categoria категория',
    ),
    field('brand', NAME, 'brandname marke hersteller marca бренд марка'),
    field('unit', { type: 'text', max: 16 }, 'uom einheit unidad единица едизм'),
    field('price', { type: 'decimal' }, 'unitprice preis precio цена'),
    field('currency', { type: 'text', max: 3 }, 'wahrung moneda валюта'),
    field('min_stock', COUNT, 'minimum reorderpoint mindestbestand stockminimo минимальныйостаток'),
    field('reorder_to', COUNT, 'maximum maxstock sollbestand stockmaximo максимальныйостаток'),
    field('abc', { type: 'choice', choices: ABC_CLASSES }, 'abcclass abcklasse claseabc классabc'),
    field('tracking', { type: 'choice', choices: TRACKING_KINDS }, 'verfolgung seguimiento учет'),
    field(
      'tracks_expiry',
      { type: 'boolean' },
      'haltbarkeit mhdpflichtig controlacaducidad учетсрока',
    ),
    field(
      'pack_quantity',
      { type: 'integer', min: 1, max: 1_000_000 },
      'packsize packungsgrosse unidadesporpaquete вупаковке',
    ),
    field('pack_unit', { type: 'text', max: 16 }, 'packname verpackung envase упаковка'),
  ],
};

/** Of a file of these kinds each row must have one of these. */
export const KEY_FIELDS: Readonly<Record<ImportKind, readonly string[]>> = {
  locations: [],
  stock: ['sku', 'barcode'],
  products: ['sku', 'barcode'],
};

/** What must not be the same in two rows. */
export const UNIQUE_FIELDS: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  locations: [['site', 'code']],
  stock: [['sku', 'barcode', 'site', 'location', 'lot', 'serial']],
  products: [['sku'], ['barcode']],
};
