import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SyncLogEntry } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { DayBars } from './day-bars.tsx';
import { useDayLabel } from './use-day-label.ts';
import styles from './overview.module.css';

const RUNS_MAX = 1_000;
const OUTCOMES = ['complete', 'error', 'cancelled'] as const;

/** How the syncs of this laptop went, day by day. */
export function SyncHealth({ dayStarts }: { dayStarts: readonly number[] }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const formats = useFormats();
  const dayLabel = useDayLabel();
  const { data } = useQuery(trpc.sync.log.queryOptions({ limit: RUNS_MAX }));
  const title = t('overview.syncHealth');
  return (
    <section className={styles['card']} aria-labelledby="chart-sync">
      <h2 id="chart-sync">{title}</h2>
      <DayBars
        title={title}
        series={OUTCOMES.map((name) => ({ name, label: t(`overview.outcome.${name}`) }))}
        bars={dayStarts.slice(0, -1).map((startsAt, at) => ({
          label: dayLabel(startsAt),
          values: OUTCOMES.map((outcome) =>
            runsOf(data ?? [], { from: startsAt, to: dayStarts[at + 1] ?? Infinity, outcome }),
          ),
        }))}
        format={formats.number}
      />
      {data?.length === RUNS_MAX && <p className="quiet">{t('overview.notWhole')}</p>}
    </section>
  );
}

function runsOf(
  entries: readonly SyncLogEntry[],
  { from, to, outcome }: { from: number; to: number; outcome: string },
): number {
  return entries.filter(
    (entry) =>
      entry.kind === 'run' && entry.at >= from && entry.at < to && entry.result.outcome === outcome,
  ).length;
}
