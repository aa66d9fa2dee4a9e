import type { Language } from '../../shared/desktop/settings.ts';
import de from './de.json';
import en from './en.json';
import es from './es.json';
import ru from './ru.json';

/** English fixes the keys; a test holds the others to them. */
export const RESOURCES = {
  en: { translation: en },
  de: { translation: de },
  es: { translation: es },
  ru: { translation: ru },
} as const satisfies Record<Language, { translation: object }>;

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
