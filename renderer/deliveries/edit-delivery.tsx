import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { DeliveryForm } from './delivery-form.tsx';
import recordStyles from '../records/records.module.css';

/** The form of a delivery that is there. It keeps what was read when it was opened. */
export function EditDelivery({ id }: { id: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(trpc.deliveries.get.queryOptions({ id }));
  return (
    <div className={recordStyles['page']}>
      <h1>{t('records.editOne', { name: data?.code ?? '' })}</h1>
      {error && <ErrorWords error={wireErrorOf(error)} />}
      {!isPending && !data && <p>{t('deliveries.missing')}</p>}
      {data && <DeliveryForm delivery={data} siteId={data.siteId} />}
    </div>
  );
}
