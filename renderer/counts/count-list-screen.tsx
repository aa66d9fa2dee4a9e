import { Button, SegmentedControl } from '@mantine/core';
import { IconClipboardCheck, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import {
  COUNT_SHOWS,
  type CountsInput,
  type CountSummary,
} from '../../shared/desktop/count-views.ts';
import { useCommand } from '../commands/use-command.ts';
import { useEnvironment } from '../environment.ts';
import { useKeptFor } from '../people/use-kept-for.ts';
import { ListSearch } from '../records/list-search.tsx';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { CountListExport } from './count-list-export.tsx';
import { COUNT_STATES, countState } from './count-state.tsx';
import { CountTable } from './count-table.tsx';
import { OpenTallies } from './open-tallies.tsx';
import recordStyles from '../records/records.module.css';
import styles from './counts.module.css';

const SHOWN_MAX = 500;

/** What is to be counted, what is being counted, what waits for a decision and what was found. */
export function CountListScreen() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [, navigate] = useLocation();
  const sites = useFollowedSites();
  const [text, setText] = useState('');
  const [show, setShow] = useState<CountsInput['show']>('open');
  const [siteId, setSiteId] = useState<string | null>(null);
  const question = { siteId, show, text, limit: SHOWN_MAX };
  const { data, error } = useQuery(
    trpc.counts.list.queryOptions(question, { placeholderData: keepPreviousData }),
  );
  const keptFor = useKeptFor('supervisor');
  useCommand({
    id: 'planCount',
    words: t('counts.new'),
    Icon: IconPlus,
    run: () => navigate('/counts/new'),
    isEnabled: () => keptFor === null,
  });
  const hasSites = sites === undefined || sites.length > 0;
  return (
    <div className={recordStyles['page']}>
      <header className={recordStyles['head']}>
        <h1>{t('nav.counts')}</h1>
        {hasSites && keptFor === null && (
          <Button
            component={Link}
            href="/counts/new"
            leftSection={<IconPlus aria-hidden size={20} />}
          >
            {t('counts.new')}
          </Button>
        )}
      </header>
      <OpenTallies />
      <div className={styles['tools']}>
        <ListSearch
          className={styles['search']}
          label={t('counts.find')}
          placeholder={t('counts.findPlaceholder')}
          text={text}
          onText={setText}
        />
        {(sites?.length ?? 0) > 1 && (
          <SiteSelect
            className={recordStyles['site']}
            value={siteId}
            onChange={setSiteId}
            allLabel={t('locations.allSites')}
          />
        )}
        <SegmentedControl
          size="md"
          aria-label={t('counts.show')}
          data={COUNT_SHOWS.map((value) => ({ value, label: t(`counts.showing.${value}`) }))}
          value={show}
          onChange={(value) => setShow(COUNT_SHOWS.find((one) => one === value) ?? 'open')}
        />
      </div>
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      {data === undefined && error === null && <p className="quiet">{t('records.loading')}</p>}
      {data && <States counts={data} showsSite={(sites?.length ?? 0) > 1} />}
      {data?.length === 0 && <NoCounts hasSites={hasSites} isSearch={text.trim() !== ''} />}
      {data && data.length > 0 && <CountListExport counts={data} />}
    </div>
  );
}

function States({ counts, showsSite }: { counts: readonly CountSummary[]; showsSite: boolean }) {
  const { now } = useEnvironment();
  const states = Map.groupBy(counts, (count) => countState(count, now()));
  return COUNT_STATES.map((state) => {
    const found = states.get(state);
    return found && <CountTable key={state} state={state} counts={found} showsSite={showsSite} />;
  });
}

function NoCounts({ hasSites, isSearch }: { hasSites: boolean; isSearch: boolean }) {
  const { t } = useTranslation();
  if (!hasSites) return <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />;
  return (
    <EmptyState
      icon={<IconClipboardCheck aria-hidden size={44} stroke={1.4} />}
      title={t(isSearch ? 'counts.noMatch' : 'counts.empty')}
      text={t(isSearch ? 'counts.noMatchHint' : 'counts.emptyHint')}
    />
  );
}
