import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { recordTitle } from './record-fields.ts';
import styles from './records.module.css';

/** What people recognise the row by that is pointed to. An id says nothing to them, so a row that is not here is called so. */
export function ReferenceTitle({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.records.get.queryOptions({ entity, id }));
  if (data === undefined) return '…';
  if (data === null) return <em className={styles['notHere']}>{t('records.notHere')}</em>;
  return recordTitle(data.row) || '–';
}
