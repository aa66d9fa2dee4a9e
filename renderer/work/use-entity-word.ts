import { useTranslation } from 'react-i18next';
import { useRecordWords } from '../records/use-record-words.ts';

/** What people call one record of an entity. One that nobody translated is called as its list is. */
export function useEntityWord(): (entity: string) => string {
  const { t, i18n } = useTranslation();
  const words = useRecordWords();
  return (entity) => {
    const key = `work.entity.${entity}`;
    return i18n.exists(key) ? t(key as 'work.entity.location') : words.entity(entity);
  };
}
