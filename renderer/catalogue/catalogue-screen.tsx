import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import { CatalogueBrowser } from './catalogue-browser.tsx';
import { FirstRun } from './first-run.tsx';

function startOf({ scopes, lastSuccessAt }: SyncStatus) {
  return { hasData: scopes.length > 0, isFirst: lastSuccessAt === null };
}

/** The catalogue, or the way to a first one while this laptop holds nothing. */
export function CatalogueScreen() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: start, isPending } = useQuery(
    trpc.sync.status.queryOptions(undefined, { select: startOf }),
  );
  const network = useNetwork();
  if (isPending) return null;
  if (start && !start.hasData && (start.isFirst || network?.cause === 'noServerSet')) {
    return <FirstRun />;
  }
  return (
    <>
      <VisuallyHidden component="h1">{t('catalogue.title')}</VisuallyHidden>
      <CatalogueBrowser />
    </>
  );
}
