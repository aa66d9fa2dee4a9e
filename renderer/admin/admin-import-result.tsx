import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AdminImportOutput } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import frame from '../style/frame.module.css';
import styles from '../exchange/exchange.module.css';
import tableStyles from './admin.module.css';

interface AdminImportResultProps {
  found: AdminImportOutput;
  /** What was imported, once it was. */
  done: AdminImportOutput | null;
  isBusy: boolean;
  onImport: () => void;
}

/** What the server would do with the file, and each line that it would leave out. */
export function AdminImportResult({ found, done, isBusy, onImport }: AdminImportResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { lines, created, changed, unchanged, problems, problemCount } = found;
  const counted = (count: number): { count: number; formatted: string } => ({
    count,
    formatted: formats.number(count),
  });
  const hasProblems = problemCount > 0;
  const Icon = hasProblems ? IconAlertTriangle : IconCircleCheck;
  const right = created + changed;
  return (
    <div className={styles['result']}>
      <div role="status" className={styles['verdict']} data-problems={hasProblems || undefined}>
        <Icon aria-hidden size={24} />
        <div>
          <strong>
            {hasProblems
              ? t('exchange.foundProblems', counted(problemCount))
              : t('exchange.foundNone')}
          </strong>
          <p>
            {t('exchange.rowsLookedAt', counted(lines))}{' '}
            {t('admin.import.would', {
              created: formats.number(created),
              changed: formats.number(changed),
              unchanged: formats.number(unchanged),
            })}
          </p>
        </div>
      </div>
      {hasProblems && <Problems problems={problems} isCut={problems.length < problemCount} />}
      {right > 0 && done === null && (
        <Button
          className={styles['start'] ?? ''}
          variant={hasProblems ? 'default' : 'filled'}
          loading={isBusy}
          onClick={onImport}
        >
          {t(hasProblems ? 'exchange.applyRight' : 'exchange.apply', counted(right))}
        </Button>
      )}
      <p role="status" className={styles['done']}>
        {done && (
          <>
            <IconCircleCheck aria-hidden size={24} />
            <span>{t('exchange.applied', counted(done.created + done.changed))}</span>
          </>
        )}
      </p>
    </div>
  );
}

function Problems({
  problems,
  isCut,
}: {
  problems: AdminImportOutput['problems'];
  isCut: boolean;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div
      className={styles['problems']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
      tabIndex={0}
      role="group"
      aria-label={t('exchange.problems')}
    >
      <table className={`${frame['table']} ${tableStyles['table']}`} data-inset>
        <thead>
          <tr>
            <th scope="col">{t('exchange.problemColumn.row')}</th>
            <th scope="col">{t('exchange.problemColumn.whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, reason }) => (
            <tr key={`${line} ${reason}`}>
              <td className="number">{formats.number(line)}</td>
              <td className={tableStyles['wrap']} lang="en">
                {reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && (
        <p className="quiet">
          {t('admin.import.cut', { formatted: formats.number(problems.length) })}
        </p>
      )}
    </div>
  );
}
