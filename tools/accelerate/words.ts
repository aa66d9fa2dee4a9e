import type { Language } from '../../shared/desktop/settings.ts';
import { type EntityPlan, titleOf } from './entity-plan.ts';

/** Columns that many entities have and none has yet; the words of those are in the language files. */
const KNOWN: Readonly<Record<string, Readonly<Record<Exclude<Language, 'en'>, string>>>> = {
  active: { de: 'Aktiv', es: 'Activo', ru: 'Активно' },
  amount: { de: 'Menge', es: 'Cantidad', ru: 'Количество' },
  barcode: { de: 'Barcode', es: 'Código de barras', ru: 'Штрихкод' },
  brand_id: { de: 'Marke', es: 'Marca', ru: 'Марка' },
  category_id: { de: 'Kategorie', es: 'Categoría', ru: 'Категория' },
  city: { de: 'Ort', es: 'Ciudad', ru: 'Город' },
  comment: { de: 'Bemerkung', es: 'Comentario', ru: 'Комментарий' },
  country: { de: 'Land', es: 'País', ru: 'Страна' },
  description: { de: 'Beschreibung', es: 'Descripción', ru: 'Описание' },
  email: { de: 'E-Mail', es: 'Correo electrónico', ru: 'Эл. почта' },
  location_id: { de: 'Platz', es: 'Ubicación', ru: 'Место' },
  phone: { de: 'Telefon', es: 'Teléfono', ru: 'Телефон' },
  size: { de: 'Größe', es: 'Tamaño', ru: 'Размер' },
  title: { de: 'Titel', es: 'Título', ru: 'Заголовок' },
  unit: { de: 'Einheit', es: 'Unidad', ru: 'Единица' },
  weight: { de: 'Gewicht', es: 'Peso', ru: 'Вес' },
};

interface Words {
  records?: { entity?: Record<string, string>; column?: Record<string, string> };
}

/** A language file with the names of the entities and their columns. What is there already stays as it is. */
export function addWords(
  json: string,
  language: Language,
  plans: readonly EntityPlan[],
): { json: string; untranslated: string[] } {
  const words = JSON.parse(json) as Words;
  const records = (words.records ??= {});
  const entities = (records.entity ??= {});
  const columns = (records.column ??= {});
  const untranslated: string[] = [];
  const add = (into: Record<string, string>, name: string, path: string): void => {
    if (name in into) return;
    const known = language === 'en' ? titleOf(name) : KNOWN[name]?.[language];
    into[name] = known ?? properName(name);
    if (known === undefined) untranslated.push(`${path}.${name}`);
  };
  for (const plan of plans) {
    add(entities, plan.name, 'records.entity');
    for (const { name } of plan.columns) add(columns, name, 'records.column');
  }
  return { json: `${JSON.stringify(words, null, 2)}\n`, untranslated };
}

/** In a language that does not know the word it is a name, and written as one: `Shelf Label`. */
function properName(name: string): string {
  return titleOf(name).replaceAll(/ [a-z]/g, (letter) => letter.toUpperCase());
}
