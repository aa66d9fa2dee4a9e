import { IconAlertTriangle, IconCheck, IconX, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import styles from './sync-screen.module.css';

const RUNS_SHOWN = 50;
const OUTCOME_ICONS: Readonly<Record<SyncRunResult['outcome'], TablerIcon>> = {
  complete: IconCheck,
  error: IconAlertTriangle,
  cancelled: IconX,
};

export function SyncRuns() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: entries } = useQuery(trpc.sync.log.queryOptions({ limit: RUNS_SHOWN }));
  const runs = entries?.flatMap((entry) => (entry.kind === 'run' ? [entry.result] : []));
  return (
    <section className={styles['card']} aria-labelledby="sync-runs">
      <h2 id="sync-runs">{t('sync.runs.title')}</h2>
      {runs?.length === 0 && <p className="quiet">{t('sync.runs.empty')}</p>}
      {runs && runs.length > 0 && (
        // Wider than a small window: scrolls sideways on its own, and by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus to be scrolled by keys
        <div className={styles['scroll']} tabIndex={0} role="group" aria-labelledby="sync-runs">
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('sync.runs.started')}</th>
                <th scope="col">{t('sync.runs.outcome')}</th>
                <th scope="col">{t('sync.runs.unit')}</th>
                <th scope="col">{t('sync.runs.reason')}</th>
                {(['received', 'deleted', 'sent', 'size', 'duration'] as const).map((name) => (
                  <th key={name} scope="col" className={styles['right']}>
                    {t(`sync.runs.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <RunRow key={run.jobId} run={run} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function RunRow({ run }: { run: SyncRunResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Icon = OUTCOME_ICONS[run.outcome];
  return (
    <tr>
      <td className="number">{formats.dateTime(run.startedAt)}</td>
      <td>
        <span className={styles['outcome']} data-outcome={run.outcome}>
          <Icon aria-hidden size={18} />
          {t(`sync.outcome.${run.outcome}`)}
        </span>
        {run.outcome === 'error' && run.error && (
          <span className={styles['why']}>{t(`error.${run.error.code}.title`)}</span>
        )}
      </td>
      <td>{t(`sync.unit.${run.unit}`)}</td>
      <td>{t(`sync.reason.${run.reason}`)}</td>
      <td className={styles['right']}>{formats.number(run.rowsReceived)}</td>
      <td className={styles['right']}>{formats.number(run.rowsDeleted)}</td>
      <td className={styles['right']}>{formats.number(run.rowsSent)}</td>
      <td className={styles['right']}>{formats.bytes(run.bytesReceived)}</td>
      <td className={styles['right']}>{formats.duration(run.finishedAt - run.startedAt)}</td>
    </tr>
  );
}
