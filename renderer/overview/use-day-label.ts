import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** A day in few characters, as it is said in the reader's language. */
export function useDayLabel(): (at: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'numeric' });
    return (at) => format.format(at);
  }, [i18n.language]);
}
