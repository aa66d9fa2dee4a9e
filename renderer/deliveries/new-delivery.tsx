import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import { DeliveryForm } from './delivery-form.tsx';
import recordStyles from '../records/records.module.css';

/** The form of a delivery that is not there yet. */
export function NewDelivery() {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  return (
    <div className={recordStyles['page']}>
      <header className={recordStyles['head']}>
        <h1>{t('deliveries.new')}</h1>
        {(sites?.length ?? 0) > 1 && (
          <SiteSelect className={recordStyles['site']} value={siteId} onChange={setChosen} />
        )}
      </header>
      {siteId === null ? (
        sites && <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      ) : (
        <DeliveryForm delivery={null} siteId={siteId} />
      )}
    </div>
  );
}
