import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { DeliverySummary } from '../../shared/desktop/delivery-views.ts';
import { useCommand } from '../commands/use-command.ts';
import { useEnvironment } from '../environment.ts';
import { useKeptFor } from '../people/use-kept-for.ts';
import { ListSearch } from '../records/list-search.tsx';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { DELIVERY_STAGES, deliveryStage } from './delivery-stage.ts';
import { DeliveryListExport } from './delivery-list-export.tsx';
import { DeliveryTable } from './delivery-table.tsx';
import { useDeliveries } from './use-deliveries.ts';
import { useOpenDelivery } from './use-open-delivery.ts';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

/** What is expected, what has come and what is done with. A scan of a delivery's code opens it. */
export function DeliveryListScreen() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const sites = useFollowedSites();
  const [text, setText] = useState('');
  const [show, setShow] = useState<'open' | 'closed'>('open');
  const [siteId, setSiteId] = useState<string | null>(null);
  const list = useDeliveries({ siteId, show, text });
  const openByCode = useOpenDelivery();
  const keptFor = useKeptFor('supervisor');
  useCommand({
    id: 'newDelivery',
    words: t('deliveries.new'),
    Icon: IconPlus,
    run: () => navigate('/deliveries/new'),
    isEnabled: () => keptFor === null,
  });
  const hasSites = sites === undefined || sites.length > 0;
  return (
    <div className={recordStyles['page']}>
      <header className={recordStyles['head']}>
        <h1>{t('nav.deliveries')}</h1>
        {hasSites && keptFor === null && (
          <Button
            component={Link}
            href="/deliveries/new"
            className={styles['link'] ?? ''}
            leftSection={<IconPlus aria-hidden size={20} />}
          >
            {t('deliveries.new')}
          </Button>
        )}
      </header>
      <div className={styles['tools']}>
        <ListSearch
          className={styles['search']}
          label={t('deliveries.find')}
          placeholder={t('deliveries.findPlaceholder')}
          text={text}
          onText={setText}
          onEnter={() => openByCode(text)}
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
          aria-label={t('deliveries.show')}
          data={(['open', 'closed'] as const).map((value) => ({
            value,
            label: t(`deliveries.showing.${value}`),
          }))}
          value={show}
          onChange={(value) => setShow(value === 'closed' ? 'closed' : 'open')}
        />
      </div>
      {list.error !== null && <ErrorWords error={wireErrorOf(list.error)} />}
      {list.deliveries === undefined && <p className="quiet">{t('records.loading')}</p>}
      {list.deliveries && (
        <Stages deliveries={list.deliveries} showsSite={(sites?.length ?? 0) > 1} />
      )}
      {list.deliveries?.length === 0 && (
        <NoDeliveries hasSites={hasSites} isSearch={text.trim() !== ''} />
      )}
      {list.deliveries && list.deliveries.length > 0 && (
        <DeliveryListExport question={{ siteId, show, text }} />
      )}
      {list.hasMore && (
        <Button variant="default" className={recordStyles['start'] ?? ''} onClick={list.showMore}>
          {t('records.more')}
        </Button>
      )}
    </div>
  );
}

function Stages({
  deliveries,
  showsSite,
}: {
  deliveries: readonly DeliverySummary[];
  showsSite: boolean;
}) {
  const { now } = useEnvironment();
  const stages = Map.groupBy(deliveries, (delivery) => deliveryStage(delivery, now()));
  return DELIVERY_STAGES.map((stage) => {
    const found = stages.get(stage);
    return (
      found && <DeliveryTable key={stage} stage={stage} deliveries={found} showsSite={showsSite} />
    );
  });
}

function NoDeliveries({ hasSites, isSearch }: { hasSites: boolean; isSearch: boolean }) {
  const { t } = useTranslation();
  if (!hasSites) return <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />;
  return (
    <EmptyState
      icon={<IconTruckDelivery aria-hidden size={44} stroke={1.4} />}
      title={t(isSearch ? 'deliveries.noMatch' : 'deliveries.empty')}
      text={t(isSearch ? 'deliveries.noMatchHint' : 'deliveries.emptyHint')}
    />
  );
}
