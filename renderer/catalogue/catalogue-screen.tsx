import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import { CatalogueBrowser } from './catalogue-browser.tsx';
import { FirstRun } from './first-run.tsx';

/** The catalogue, or the way to a first one while this laptop holds nothing. */
export function CatalogueScreen() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: status, isPending } = useQuery(trpc.sync.status.queryOptions());
  const network = useNetwork();
  if (isPending) return null;
  const hasData = status !== undefined && status.scopes.length > 0;
  if (status && !hasData && (status.lastSuccessAt === null || network?.cause === 'noServerSet')) {
    return <FirstRun />;
  }
  return (
    <>
      <VisuallyHidden component="h1">{t('catalogue.title')}</VisuallyHidden>
      <CatalogueBrowser />
    </>
  );
}
