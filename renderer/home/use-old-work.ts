import { IconClockExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { useNow } from '../use-now.ts';
import type { AttentionSource } from './attention.ts';

const DAY_MS = 24 * 60 * 60_000;
const TICK_MS = 60_000;

/** Others do not know of work that stays on this laptop for longer than a day. */
export const useOldWork: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const now = useNow(TICK_MS);
  const { data } = useQuery(trpc.work.pending.queryOptions({ show: 'open', limit: 1 }));
  const [oldest] = data?.items ?? [];
  if (!data || data.waiting === 0 || !oldest || now - oldest.at < DAY_MS) return [];
  const words = t('home.item.old', { ago: formats.relative(oldest.at, now) });
  return [{ id: 'old', tone: 'warn', words, path: '/sync/waiting', Icon: IconClockExclamation }];
};
