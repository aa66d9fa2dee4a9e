import { IconArrowsSplit2, IconBan, IconCloudX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import type { AttentionSource } from './attention.ts';

export const useConflictsToDecide: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const count = useSyncStatus(({ conflicts }) => conflicts) ?? 0;
  if (count === 0) return [];
  const words = t('home.item.decide', { count, formatted: formats.number(count) });
  return [{ id: 'decide', tone: 'bad', words, path: '/sync/decisions', Icon: IconArrowsSplit2 }];
};

export const useRefusedWork: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const count = useSyncStatus(({ attention }) => attention) ?? 0;
  if (count === 0) return [];
  const words = t('home.item.refused', { count, formatted: formats.number(count) });
  return [{ id: 'refused', tone: 'bad', words, path: '/sync/waiting', Icon: IconBan }];
};

/** Being offline is no failure: the app is made for it. */
export const useSyncFailure: AttentionSource = () => {
  const { t } = useTranslation();
  const code = useSyncStatus(({ state, lastResult }) =>
    state === 'error' ? (lastResult?.error?.code ?? null) : null,
  );
  if (code === undefined || code === null) return [];
  const words = t('home.item.syncFailed', { reason: t(`error.${code}.title`) });
  return [{ id: 'syncFailed', tone: 'warn', words, path: '/sync', Icon: IconCloudX }];
};
