import { LANGUAGES, type Language, type Settings } from '../../../shared/desktop/settings.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ru } from './ru.ts';
import type { ShellWords } from './shell-words.ts';

const WORDS: Readonly<Record<Language, ShellWords>> = { en, de, es, ru };

export interface ShellLanguage {
  language: Language;
  words: ShellWords;
}

/** The chosen language, or the first of the operating system's languages that we speak, or English. */
export function chooseWords(
  chosen: Settings['language'],
  systemLanguages: readonly string[],
): ShellLanguage {
  const wanted = chosen === 'system' ? systemLanguages : [chosen];
  const spoken = wanted
    .map((tag) => LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language))
    .find((language) => language !== undefined);
  const language = spoken ?? 'en';
  return { language, words: WORDS[language] };
}
