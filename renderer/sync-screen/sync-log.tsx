import { Button, Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncLogEntry, SyncLogInput } from '../../shared/desktop/sync-state.ts';
import { syncUnitField } from '../../shared/sync/sync-unit.ts';
import { ExportButton } from '../exchange/export-button.tsx';
import { SaveJson } from '../exchange/save-json.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { LOG_COLUMNS } from './log-file.ts';
import { LogTable } from './log-table.tsx';
import styles from './sync-screen.module.css';

type Filter = Pick<SyncLogInput, 'unit' | 'outcome'>;

const PAGE = 50;
const EXPORT_PAGE = 1_000;
const OUTCOMES = ['complete', 'error', 'cancelled'] as const;
const ALL = 'all';

/** What syncs did and what else happened: by unit, by result, page by page, and as a file. */
export function SyncLog() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>({ unit: null, outcome: 'any' });
  const { entries, error, older, loadingOlder, pages } = useLog(filter);
  return (
    <section className={styles['card']} aria-labelledby="sync-log">
      <h2 id="sync-log">{t('sync.tabs.log')}</h2>
      <div className={styles['filters']}>
        <Select
          label={t('log.unit')}
          allowDeselect={false}
          data={[
            { value: ALL, label: t('log.unitAll') },
            ...syncUnitField.options.map((unit) => ({
              value: unit,
              label: t(`sync.unit.${unit}`),
            })),
          ]}
          value={filter.unit ?? ALL}
          onChange={(unit) => setFilter({ ...filter, unit: unit === ALL ? null : unit })}
        />
        <Select
          label={t('log.outcome')}
          allowDeselect={false}
          data={[
            { value: 'any', label: t('log.outcomeAny') },
            ...OUTCOMES.map((outcome) => ({
              value: outcome,
              label: t(`sync.outcome.${outcome}`),
            })),
            { value: 'notes', label: t('log.notes') },
          ]}
          value={filter.outcome}
          onChange={(outcome) => setFilter({ ...filter, outcome: outcome ?? 'any' })}
        />
        <ExportButton name="tallyman-sync-log" columns={LOG_COLUMNS} pages={pages} />
        <SaveJson name="tallyman-sync-log" pages={pages} />
      </div>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {!entries && error === null && <p className="quiet">{t('records.loading')}</p>}
      {entries?.length === 0 && <p className="quiet">{t('log.empty')}</p>}
      {entries && entries.length > 0 && <LogTable entries={entries} labelledBy="sync-log" />}
      {older && (
        <Button
          variant="default"
          className={styles['more'] ?? ''}
          aria-disabled={loadingOlder || undefined}
          onClick={older}
        >
          {t('log.more')}
        </Button>
      )}
    </section>
  );
}

interface Log {
  entries: readonly SyncLogEntry[] | undefined;
  error: unknown;
  /** Undefined if there are none. */
  older: (() => void) | undefined;
  loadingOlder: boolean;
  /** All that fits the filter. */
  pages: (signal: AbortSignal) => AsyncIterable<readonly SyncLogEntry[]>;
}

function useLog(filter: Filter): Log {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    // Under the procedure's own key, so that what makes the log old makes this old.
    queryKey: [...trpc.sync.log.pathKey(), { pages: filter }],
    queryFn: ({ pageParam, signal }) =>
      client.sync.log.query({ ...filter, limit: PAGE, before: pageParam }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.number ?? null)),
    placeholderData: keepPreviousData,
  });
  return {
    entries: query.data?.pages.flat(),
    error: query.error,
    older: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingOlder: query.isFetchingNextPage,
    pages: async function* readAll(signal) {
      let before: number | null = null;
      do {
        const page: readonly SyncLogEntry[] = await client.sync.log.query(
          { ...filter, limit: EXPORT_PAGE, before },
          { signal },
        );
        yield page;
        before = page.length < EXPORT_PAGE ? null : (page.at(-1)?.number ?? null);
      } while (before !== null);
    },
  };
}
