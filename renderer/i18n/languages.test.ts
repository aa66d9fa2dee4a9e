import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../shared/desktop/settings.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import { createI18n, speak } from './create-i18n.ts';
import de from './de.json';
import en from './en.json';
import es from './es.json';
import { preferredLanguage } from './languages.ts';
import ru from './ru.json';

type Tree = { [key: string]: string | Tree };
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(tree: Tree, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(path + key, value);
    else for (const [below, text] of flatten(value, `${path}${key}.`)) flat.set(below, text);
  }
  return flat;
}

const TEXTS = { en, de, es, ru };
const texts = (language: keyof typeof TEXTS): Map<string, string> => flatten(TEXTS[language]);
const english = texts('en');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
const plain = (keys: Iterable<string>): string[] =>
  [...new Set([...keys].map((key) => key.replace(PLURAL, '')))].toSorted();

describe.each(LANGUAGES)('%s', (language) => {
  const own = texts(language);

  it('F29: has the keys of English, each plural in exactly the forms of the language', () => {
    expect(plain(own.keys())).toEqual(plain(english.keys()));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const plurals = plain([...english.keys()].filter((key) => PLURAL.test(key)));
    for (const key of plurals) {
      const has = [...own.keys()]
        .filter((one) => PLURAL.test(one) && one.replace(PLURAL, '') === key)
        .map((one) => one.split('_').at(-1) ?? '');
      expect({ key, forms: has.toSorted() }).toEqual({ key, forms });
    }
  });

  it('has the placeholders of English in every text', () => {
    for (const [key, text] of own) {
      // A form for one is for 21 too in Russian, and then says the number where English need not.
      const sources = [english.get(key), english.get(key.replace(PLURAL, '_other'))];
      const wanted = sources.filter((source) => source !== undefined).map(placeholders);
      expect(wanted, key).toContainEqual(placeholders(text));
    }
  });

  it('F29: says for every error what happened and what to do', () => {
    for (const code of ERROR_CODES) {
      expect(own.get(`error.${code}.title`), code).toMatch(/\S{2}/);
      expect(own.get(`error.${code}.next`), code).toMatch(/\.$/);
    }
  });

  it('F29: leaves no text in English by mistake', () => {
    if (language === 'en') return;
    const same = [...own].filter(
      ([key, text]) => text === english.get(key) && /[a-z]{3} [a-z]{3}/.test(text),
    );
    expect(same).toEqual([]);
  });
});

it('forms Russian plurals', async () => {
  const i18n = createI18n();
  await speak(i18n, 'ru');
  const { t } = i18n;
  const products = [1, 2, 5, 11, 21, 104].map((count) =>
    t('catalogue.count', { count, formatted: String(count) }),
  );
  expect(products).toEqual([
    '1 товар',
    '2 товара',
    '5 товаров',
    '11 товаров',
    '21 товар',
    '104 товара',
  ]);
});

it('prefers the first of the system languages that it speaks', () => {
  expect(preferredLanguage(['fr-FR', 'ru-RU', 'de'])).toBe('ru');
  expect(preferredLanguage(['fr'])).toBe('en');
  expect(preferredLanguage([])).toBe('en');
});

/** Keys that code puts together from a closed type. */
const ASSEMBLED =
  /^((admin\.(tab|column)|admin\.people\.(column|state)|admin\.laptops\.(column|state)|admin\.sites|session\.(reason|why)|commands\.(group|general)|settings\.feedback|status|network|error|accept\.title|nav|product\.state|photos\.absent)\.|admin\.people\.(edit|password|disable|enable|enabled|disabled)(One)?$|admin\.laptops\.(waiting|refused|conflicts|quarantined)$|photos\.(previous|next)$|home\.(morning|afternoon|evening)$|sync\.(phase|unit|reason|outcome|runs|tabs)\.|work\.(entity|kind|state|choice)\.|work\.did|decide\.(kind|whole)\.|decide\.(mine|theirs|other)$|catalogue\.(column|stock)\.|catalogue\.filter\.(any|inStock|low|outOfStock)$|settings\.automatic\.(sync|retry|interval|max|backoff|hint)|settings\.appearance\.(system|light|dark)$|records\.(entity|column|choice)\.|records\.(required|wholeNumber|invalid)$|deliveries\.(became|line|problem|showing|stage)\.|counts\.(attention|became|filter|flag|placesShowing|problem|showing|state)\.|exchange\.(about|field|fileProblem|kind|problem|problemColumn|running)\.|labels\.(problem|size)\.|overview\.(outcome|tab)\.|people\.(role|keptFor)\.|scan\.(outcome|problem)\.|scanner\.(ai|layouts|suffixes)\.|scanner\.(gapMs|minLength|quietMs)(Hint)?$|tally\.(outcome|problem|total)\.|tally\.(line|where|doubled|notThere|wrongScan)$|goods\.(at|packUnit|post|posted|putAway)\.|product\.tracking\.|stock\.(cause|action|title|location|problem|usual|done|history)\.)/;

it('F29: has no text that nothing shows', () => {
  const code = Object.values(
    import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*'], {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).join('\n');
  const unused = plain(english.keys()).filter(
    (key) => !ASSEMBLED.test(key) && !code.includes(`'${key}'`),
  );
  expect(unused).toEqual([]);
});
