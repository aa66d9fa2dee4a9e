import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import type { Import } from './use-import.ts';
import styles from './exchange.module.css';

/** How far a check or an import is, and the way to stop it. */
export function ImportProgress({ task }: { task: Import }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { progress, checked } = task;
  if (progress === null) return null;
  const total = progress.what === 'apply' ? (checked?.planned.length ?? 0) : 0;
  const text = t(`exchange.running.${progress.what}`, { formatted: formats.number(progress.rows) });
  return (
    <div className={styles['progress']}>
      <span>{text}</span>
      {total > 0 && <Progress value={(100 * progress.rows) / total} aria-label={text} />}
      <Button variant="default" onClick={task.cancel}>
        {t('exchange.cancel')}
      </Button>
    </div>
  );
}
