import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/desktop/settings.ts';
import type en from './en.json';
import { RESOURCES } from './languages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** All four languages are in the bundle, so a switch is instant and works offline. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: RESOURCES,
    // React escapes what it renders; escaping twice would show `&amp;` to people.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}
