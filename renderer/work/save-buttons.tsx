import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './work.module.css';

interface SaveButtonsProps<T> {
  /** Without extension; the date is added. */
  name: string;
  read: () => Promise<readonly T[]>;
  toCsv: (items: readonly T[]) => string;
}

/** Saves a list to a file that support and spreadsheets can read. */
export function SaveButtons<T>({ name, read, toCsv }: SaveButtonsProps<T>) {
  const { t } = useTranslation();
  const { now, saveFile } = useEnvironment();
  const save = useMutation({
    mutationFn: async (kind: 'json' | 'csv') => {
      const items = await read();
      const file = `${name}-${new Date(now()).toISOString().slice(0, 10)}.${kind}`;
      const text = kind === 'csv' ? toCsv(items) : `${JSON.stringify(items, null, 2)}\n`;
      saveFile(file, text);
      return file;
    },
  });
  return (
    <div className={styles['save']}>
      {(['json', 'csv'] as const).map((kind) => (
        <Button
          key={kind}
          size="sm"
          variant="default"
          leftSection={<IconDownload aria-hidden size={18} />}
          onClick={() => save.mutate(kind)}
        >
          {t(kind === 'json' ? 'work.saveJson' : 'work.saveCsv')}
        </Button>
      ))}
      <span role="status" className={styles['saved']}>
        {save.data !== undefined && t('work.saved', { file: save.data })}
      </span>
      {save.error && <ErrorWords error={wireErrorOf(save.error)} />}
    </div>
  );
}
