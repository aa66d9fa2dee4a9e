import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import type { Language } from '../../shared/desktop/settings.ts';
import { speak } from './create-i18n.ts';

/**
 * Makes `i18n` speak a language and returns the one that it was last made to. Texts that cannot be loaded leave English, or
 * whatever was spoken before, in place: that is better than no words.
 */
export function useLanguage(i18n: i18n, language: Language): Language | null {
  const [settled, setSettled] = useState<Language | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const settle = (): void => {
      if (!isCurrent) return;
      document.documentElement.lang = i18n.language;
      setSettled(language);
    };
    speak(i18n, language).then(settle, settle);
    return () => {
      isCurrent = false;
    };
  }, [i18n, language]);
  return settled;
}
