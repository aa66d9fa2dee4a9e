import { useTranslation } from 'react-i18next';

export interface RecordWords {
  /** The name of an entity's list. */
  entity: (name: string) => string;
  /** One record of an entity. One that nobody translated is called as its list is. */
  one: (name: string) => string;
  column: (name: string) => string;
  /** One of the values that a column allows. */
  choice: (value: string) => string;
}

/** `expected_at` → `Expected at`. */
function readable(name: string): string {
  const spaced = name.replace(/_id$/, '').replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What people call entities, columns and choices. One that nobody translated is called by its own name, made readable. */
export function useRecordWords(): RecordWords {
  const { t, i18n } = useTranslation();
  const word = (key: string, name: string): string =>
    i18n.exists(key) ? t(key as 'records.column.name') : readable(name);
  const entity = (name: string): string => word(`records.entity.${name}`, name);
  return {
    entity,
    one: (name) => {
      const key = `work.entity.${name}`;
      return i18n.exists(key) ? t(key as 'work.entity.location') : entity(name);
    },
    column: (name) => word(`records.column.${name}`, name),
    choice: (value) => word(`records.choice.${value}`, value),
  };
}
