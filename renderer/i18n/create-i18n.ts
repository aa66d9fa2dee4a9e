import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/desktop/settings.ts';
import en from './en.json';
import { textsOf } from './languages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

const NAMESPACE = 'translation';

/** Speaks English until it is told to speak another language. */
export function createI18n(): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { [NAMESPACE]: en } },
    // React escapes what it renders; escaping twice would show `&amp;` to people.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** Goes over to a language once its texts are here. They are files on this laptop, so there is no network to wait for. */
export async function speak(instance: i18n, language: Language): Promise<void> {
  if (language !== 'en' && !instance.hasResourceBundle(language, NAMESPACE)) {
    instance.addResourceBundle(language, NAMESPACE, await textsOf(language));
  }
  await instance.changeLanguage(language);
}
