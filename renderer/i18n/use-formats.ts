import { useTranslation } from 'react-i18next';
import { createFormats, type Formats } from './formats.ts';

/** One per language of the app: making them takes a millisecond, and every line of a list asks for them. */
const made = new Map<string, Formats>();

export function useFormats(): Formats {
  const { language } = useTranslation().i18n;
  const known = made.get(language);
  if (known) return known;
  const formats = createFormats(language);
  made.set(language, formats);
  return formats;
}
