import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { CountAccuracyChart } from './count-accuracy-chart.tsx';
import { lastDays } from './days.ts';
import { MovementsChart } from './movements-chart.tsx';
import { SyncHealth } from './sync-health.tsx';
import frame from '../style/frame.module.css';
import styles from './overview.module.css';

const SPANS = ['7', '30', '90'] as const;

/** How a site is doing: what moves, how right the book is, how well this laptop keeps up. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function DashboardScreen() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { now } = useEnvironment();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const [span, setSpan] = useState<string>('30');
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  const dayStarts = lastDays(now(), Number(span));
  const { data, error } = useQuery({
    ...trpc.overview.dashboard.queryOptions(
      { siteId: siteId ?? '', dayStarts },
      { placeholderData: keepPreviousData },
    ),
    enabled: siteId !== null,
  });
  return (
    <div className={frame['page']}>
      <header className={styles['head']}>
        <h1>{t('nav.dashboard')}</h1>
        <div className={styles['filters']}>
          <SegmentedControl
            aria-label={t('overview.span')}
            data={SPANS.map((value) => ({
              value,
              label: t('overview.days', { count: Number(value) }),
            }))}
            value={span}
            onChange={setSpan}
          />
          {(sites?.length ?? 0) > 1 && <SiteSelect value={siteId} onChange={setChosen} />}
        </div>
      </header>
      {sites?.length === 0 && (
        <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      )}
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {data && (
        <div className={styles['cards']}>
          <MovementsChart days={data.days} isWhole={data.isWhole} />
          <CountAccuracyChart counts={data.counts} />
          <SyncHealth dayStarts={dayStarts} />
        </div>
      )}
    </div>
  );
}
