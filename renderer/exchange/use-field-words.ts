import { useTranslation } from 'react-i18next';
import { useRecordWords } from '../records/use-record-words.ts';

/** What people call a field of an import. One that a record has too is called the same. */
export function useFieldWords(): (name: string) => string {
  const { t, i18n } = useTranslation();
  const { column } = useRecordWords();
  return (name) => {
    const key = `exchange.field.${name}`;
    return i18n.exists(key) ? t(key as 'exchange.field.sku') : column(name);
  };
}
