import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CsvSeparator } from '../../shared/exchange/csv-line.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { useExport } from './use-export.ts';
import { type CsvTable, EXPORT_ROWS_MAX } from './write-csv.ts';
import styles from './exchange.module.css';

const SEPARATORS: readonly CsvSeparator[] = [',', ';'];

interface ExportButtonProps<T> extends CsvTable<T> {
  /** Of the file, without extension: the date is added. For example `tallyman-locations`. */
  name: string;
}

/**
 * Saves a whole list as CSV, however long it is: the list is asked for page by page when the button is pressed, written in
 * slices, and can be cancelled. Beside it is the choice of the separator; the language proposes one.
 *
 *   <ExportButton
 *     name="tallyman-locations"
 *     columns={[['code', ({ code }) => code], ['capacity', ({ capacity }) => capacity]]}
 *     pages={(signal) => cursorPages((cursor) => client.records.list.query({ …, cursor }, { signal }))}
 *   />
 *
 * `columns` are name and cell: text is guarded against formulas, numbers stay numbers, times are given as `isoTime(at)`.
 * `pages` is called anew for every export, and may yield pages of any length: one `async function*` with one `yield` will do for
 * a list that is held whole.
 */
export function ExportButton<T>({ name, columns, pages }: ExportButtonProps<T>) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const { running, saved, error, start, cancel } = useExport(name, { columns, pages });
  const proposed: CsvSeparator = i18n.language === 'en' ? ',' : ';';
  return (
    <div className={styles['export']}>
      {running === null ? (
        <div className={styles['split']}>
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden size={18} />}
            onClick={() => start(proposed)}
          >
            {t('exchange.export')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={44} aria-label={t('exchange.exportAs')}>
                <IconChevronDown aria-hidden size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {SEPARATORS.map((separator) => (
                <Menu.Item
                  key={separator}
                  className={styles['choice'] ?? ''}
                  onClick={() => start(separator)}
                >
                  {t(separator === ',' ? 'exchange.withComma' : 'exchange.withSemicolon')}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      ) : (
        <Button
          variant="default"
          leftSection={<IconX aria-hidden size={18} />}
          rightSection={<span className="number">{formats.number(running)}</span>}
          onClick={cancel}
        >
          {t('exchange.cancel')}
        </Button>
      )}
      <span role="status" className={styles['saved']}>
        {saved &&
          t(saved.isCut ? 'exchange.savedCut' : 'exchange.saved', {
            file: saved.file,
            count: saved.rows,
            formatted: formats.number(saved.isCut ? EXPORT_ROWS_MAX : saved.rows),
          })}
      </span>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
    </div>
  );
}
