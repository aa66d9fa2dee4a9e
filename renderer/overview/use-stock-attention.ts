import { IconCalendarX, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useEnvironment } from '../environment.ts';
import type { AttentionSource } from '../home/attention.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { today } from './today.ts';

const WEEK_MS = 7 * 86_400_000;
const EXPIRING_MAX = 500;

export const useLowStock: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.catalogue.count.queryOptions({ text: '', filter: { stock: 'low' } }),
  );
  const count = data?.total ?? 0;
  if (count === 0) return [];
  const words = t('home.item.low', { count, formatted: formats.number(count) });
  return [{ id: 'low', tone: 'plain', words, path: '/stock', Icon: IconTrendingDown }];
};

/** Within a week, or gone by. */
export const useExpiring: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { now } = useEnvironment();
  const until = today(now()) + WEEK_MS;
  const { data } = useQuery(
    trpc.overview.expiring.queryOptions({ siteId: null, until, limit: EXPIRING_MAX }),
  );
  const count = data?.length ?? 0;
  if (count === 0) return [];
  const words = t('home.item.expiring', { count, formatted: formats.number(count) });
  return [{ id: 'expiring', tone: 'warn', words, path: '/stock/expiring', Icon: IconCalendarX }];
};
