import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { RecordBadges } from './record-badges.tsx';
import { type RecordField, recordFields, recordTitle } from './record-fields.ts';
import { ReferenceTitle } from './reference-title.tsx';
import { useFollowedSites } from './site-select.tsx';
import type { TypedRecord } from './use-records.ts';
import { useRecordWords } from './use-record-words.ts';
import styles from './records.module.css';

export interface RecordTableProps {
  entity: EntityDefinition;
  records: readonly TypedRecord[];
  /** Which columns are shown; all of them if it is not given. */
  columns?: readonly string[] | undefined;
  /** Without it the rows cannot be opened. */
  onEdit?: ((record: TypedRecord) => void) | undefined;
}

/** Rows of any entity, a column per column of its definition, with what waits or needs a decision. */
export function RecordTable({ entity, records, columns, onEdit }: RecordTableProps) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const fields = recordFields(entity, columns);
  return (
    <div
      className={styles['scroll']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={words.entity(entity.name)}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            {fields.map(({ name, kind }) => (
              <th key={name} scope="col" data-kind={kind}>
                {words.column(name)}
              </th>
            ))}
            <th scope="col">{t('records.status')}</th>
            {onEdit && (
              <th scope="col" className={styles['end']}>
                {t('records.edit')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              {fields.map((field) => (
                <td key={field.name} data-kind={field.kind}>
                  <RecordValue field={field} value={(record.row as Values)[field.name]} />
                </td>
              ))}
              <td>
                <RecordBadges pending={record.pending} conflict={record.conflict} />
              </td>
              {onEdit && (
                <td className={styles['end']}>
                  <Button
                    variant="subtle"
                    aria-label={t('records.editOne', {
                      name: recordTitle(record.row as Values) || words.one(entity.name),
                    })}
                    onClick={() => onEdit(record)}
                  >
                    {t('records.edit')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Values = Readonly<Record<string, unknown>>;

function RecordValue({ field, value }: { field: RecordField; value: unknown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sites = useFollowedSites();
  const words = useRecordWords();
  if (value === null || value === undefined || value === '') return '–';
  switch (field.kind) {
    case 'boolean':
      return t(value === true ? 'records.yes' : 'records.no');
    case 'integer':
      return formats.number(value as number);
    case 'time':
      return formats.dateTime(value as number);
    case 'site':
      return sites?.find(({ id }) => id === value)?.name ?? (value as string);
    case 'reference':
      return <ReferenceTitle entity={field.target ?? ''} id={value as string} />;
    case 'choice':
      return words.choice(value as string);
    case 'text':
    case 'longText':
      return value as string;
    // no default
  }
}
