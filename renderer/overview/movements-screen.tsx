import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { HistoryExport } from './history-export.tsx';
import { MovementFilters } from './movement-filters.tsx';
import { MovementTable } from './movement-table.tsx';
import { type MovementFilter, useMovementHistory } from './use-movement-history.ts';
import frame from '../style/frame.module.css';
import styles from './overview.module.css';

const EVERYTHING = { personId: null, kind: null, cause: null, from: null, to: null };

/** Who moved what, when and why: the audit trail of the goods. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function MovementsScreen() {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<MovementFilter | null>(null);
  const [first] = sites ?? [];
  const filter = chosen ?? (first ? { ...EVERYTHING, siteId: first.id } : null);
  const list = useMovementHistory(filter);
  return (
    <div className={frame['page']}>
      <header className={styles['head']}>
        <h1>{t('nav.movements')}</h1>
        {filter && <HistoryExport filter={filter} />}
      </header>
      {filter && <MovementFilters filter={filter} onChange={setChosen} />}
      {sites?.length === 0 && (
        <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      )}
      {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
      {list.isPending && <p className="quiet">{t('records.loading')}</p>}
      {filter && !list.isPending && list.movements.length === 0 && (
        <EmptyState
          icon={<IconHistory aria-hidden size={44} stroke={1.4} />}
          title={t('overview.noMovements')}
          text={t('overview.noMovementsHint')}
        />
      )}
      {list.movements.length > 0 && <MovementTable movements={list.movements} />}
      {list.hasMore && (
        <Button
          variant="default"
          className={styles['more'] ?? ''}
          loading={list.loadingMore}
          onClick={list.loadMore}
        >
          {t('records.more')}
        </Button>
      )}
    </div>
  );
}
