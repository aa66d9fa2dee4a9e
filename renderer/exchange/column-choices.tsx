import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IMPORT_FIELDS } from '../../shared/exchange/import-fields.ts';
import type { ImportFile } from './open-import-file.ts';
import { useFieldWords } from './use-field-words.ts';
import type { Import } from './use-import.ts';
import styles from './exchange.module.css';

const SAMPLE_CHARACTERS_MAX = 24;

/** Which column of the file is which field: guessed from the headers, for a person to correct. */
export function ColumnChoices({ task, file }: { task: Import; file: ImportFile }) {
  const { t } = useTranslation();
  const fieldWord = useFieldWords();
  const options = file.headers.map((header, at) => ({
    value: String(at),
    label: labelOf(file, at, header),
  }));
  return (
    <fieldset className={styles['columns']}>
      <legend>{t('exchange.columns')}</legend>
      {IMPORT_FIELDS[task.kind].map(({ name, isNeeded }) => (
        <NativeSelect
          key={name}
          label={fieldWord(name)}
          withAsterisk={isNeeded}
          data={[{ value: '', label: t('exchange.noColumn') }, ...options]}
          value={String(task.columns[name] ?? '')}
          onChange={({ currentTarget: { value } }) =>
            task.chooseColumn(name, value === '' ? null : Number(value))
          }
        />
      ))}
    </fieldset>
  );
}

/** The header, and what stands below it in the first row. */
function labelOf({ sample }: ImportFile, at: number, header: string): string {
  const shown = header === '' ? String(at + 1) : header.slice(0, SAMPLE_CHARACTERS_MAX);
  const value = sample[at]?.trim().slice(0, SAMPLE_CHARACTERS_MAX) ?? '';
  return value === '' ? shown : `${shown} (${value})`;
}
