import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { type FileCheck, IMPORT_ROWS_MAX } from './check-file.ts';
import { ProblemExport } from './problem-export.tsx';
import { ProblemList } from './problem-list.tsx';
import type { Import } from './use-import.ts';
import styles from './exchange.module.css';

/** What a check has found, and the way to go on: put the file right, or import the rows that are right. */
export function ImportResult({ task, check }: { task: Import; check: FileCheck }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rows, problems, planned, unchanged } = check;
  const hasProblems = problems.length > 0;
  const Icon = hasProblems ? IconAlertTriangle : IconCircleCheck;
  const counted = (count: number): { count: number; formatted: string } => ({
    count,
    formatted: formats.number(count),
  });
  return (
    <div className={styles['result']}>
      <div role="status" className={styles['verdict']} data-problems={hasProblems || undefined}>
        <Icon aria-hidden size={24} />
        <div>
          <strong>
            {hasProblems
              ? t('exchange.foundProblems', counted(problems.length))
              : t('exchange.foundNone', counted(rows))}
          </strong>
          <p>
            {t('exchange.rowsLookedAt', counted(rows))}{' '}
            {task.kind !== 'products' && t('exchange.rowsPlanned', counted(planned.length))}{' '}
            {task.kind !== 'products' &&
              unchanged > 0 &&
              t('exchange.rowsUnchanged', counted(unchanged))}
          </p>
          {check.isCut && (
            <p>{t('exchange.cut', { formatted: formats.number(IMPORT_ROWS_MAX) })}</p>
          )}
        </div>
      </div>
      {hasProblems && (
        <>
          <ProblemList problems={problems} />
          <ProblemExport problems={problems} />
        </>
      )}
      {planned.length > 0 && task.applied === null && task.progress === null && (
        <>
          <Button
            className={styles['start'] ?? ''}
            variant={hasProblems ? 'default' : 'filled'}
            onClick={task.apply}
          >
            {t(hasProblems ? 'exchange.applyRight' : 'exchange.apply', counted(planned.length))}
          </Button>
          <p className="quiet">{t('exchange.applyHint')}</p>
        </>
      )}
      <p role="status" className={styles['done']}>
        {task.applied !== null && (
          <>
            <IconCircleCheck aria-hidden size={24} />
            <span>
              {t('exchange.applied', counted(task.applied))}{' '}
              {task.applied < planned.length &&
                t('exchange.appliedBefore', counted(planned.length - task.applied))}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
