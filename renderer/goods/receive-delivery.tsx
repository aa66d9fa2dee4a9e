import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { GoodsRounds } from './goods-rounds.tsx';
import recordStyles from '../records/records.module.css';

/** Receives a delivery by scan: part of it, all of it, or more than was expected. */
export function ReceiveDelivery({ id }: { id: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(trpc.deliveries.get.queryOptions({ id }));
  return (
    <div className={recordStyles['page']}>
      <Button
        component={Link}
        href={`/deliveries/${id}`}
        variant="subtle"
        className={recordStyles['start'] ?? ''}
        leftSection={<IconArrowLeft aria-hidden size={20} />}
      >
        {data ? t('deliveries.paper', { code: data.code }) : t('deliveries.back')}
      </Button>
      <h1>{t('deliveries.receiveOne', { code: data?.code ?? '' })}</h1>
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {!isPending && !error && !data && <p>{t('deliveries.missing')}</p>}
      {data && <GoodsRounds kind="receive" siteId={data.siteId} delivery={data} />}
    </div>
  );
}
