import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import type { CsvTable } from './write-csv.ts';
import styles from './exchange.module.css';

interface SaveJsonProps<T> extends Pick<CsvTable<T>, 'pages'> {
  /** Without extension; the date is added. */
  name: string;
}

/** Saves a list as support and scripts want it, with everything that the app knows of its rows. For lists that fit in memory. */
export function SaveJson<T>({ name, pages }: SaveJsonProps<T>) {
  const { t } = useTranslation();
  const { now, saveFile } = useEnvironment();
  const save = useMutation({
    mutationFn: async () => {
      const items: T[] = [];
      for await (const page of pages(new AbortController().signal)) items.push(...page);
      const file = `${name}-${new Date(now()).toISOString().slice(0, 10)}.json`;
      saveFile(file, `${JSON.stringify(items, null, 2)}\n`);
      return file;
    },
  });
  return (
    <div className={styles['export']}>
      <Button
        variant="default"
        leftSection={<IconBraces aria-hidden size={18} />}
        onClick={() => save.mutate()}
      >
        {t('work.saveJson')}
      </Button>
      <span role="status" className={styles['saved']}>
        {save.data !== undefined && t('work.saved', { file: save.data })}
      </span>
      {save.error && <ErrorWords error={wireErrorOf(save.error)} />}
    </div>
  );
}
