import type { Language } from '../../shared/desktop/settings.ts';
import type en from './en.json';

/** What each language has: English fixes the keys, a test holds the others to them. */
type Texts = { [Key in keyof typeof en]: object };

/** Languages but English, which is always there: a failure has to be told somehow. */
const LOAD: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: Texts }>>> = {
  de: () => import('./de.json'),
  es: () => import('./es.json'),
  ru: () => import('./ru.json'),
};

export async function textsOf(language: Exclude<Language, 'en'>): Promise<Texts> {
  return (await LOAD[language]()).default;
}

/** Each language in its own words, because that is how a person looks for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  ru: 'Русский',
};

function isLanguage(tag: string): tag is Language {
  return tag in LANGUAGE_NAMES;
}

/** The first of the person's languages that we speak; English else. */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}
