import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SiteSelect, useFollowedSites } from '../records/site-select.tsx';
import { EmptyState } from '../shell/empty-state.tsx';
import type { GoodsKind } from './goods-kinds.ts';
import { GoodsRounds } from './goods-rounds.tsx';
import recordStyles from '../records/records.module.css';

/** Receive, move or issue at a site: first the place, then what is there. */
export function GoodsScreen({ kind }: { kind: GoodsKind }) {
  const { t } = useTranslation();
  const sites = useFollowedSites();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? sites?.[0]?.id ?? null;
  return (
    <div className={recordStyles['page']}>
      <header className={recordStyles['head']}>
        <h1>{t(`stock.title.${kind}`)}</h1>
        {(sites?.length ?? 0) > 1 && (
          <SiteSelect className={recordStyles['site']} value={siteId} onChange={setChosen} />
        )}
      </header>
      {siteId === null ? (
        sites && <EmptyState title={t('records.noSite')} text={t('records.noSiteHint')} />
      ) : (
        <GoodsRounds key={siteId} kind={kind} siteId={siteId} />
      )}
    </div>
  );
}
