import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncRunResult } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useSyncStatus } from './use-sync-status.ts';

/** Tells screen readers how each run ended. A run that changed nothing and was not asked for stays silent. */
export function SyncAnnouncer() {
  const { t } = useTranslation();
  const formats = useFormats();
  const last = useSyncStatus(({ lastResult }) => lastResult);
  const seen = useRef<string | null | undefined>(undefined);
  const [words, setWords] = useState('');

  useEffect(() => {
    if (last === undefined) return;
    const jobId = last?.jobId ?? null;
    const isFirstLook = seen.current === undefined;
    if (seen.current === jobId) return;
    seen.current = jobId;
    if (isFirstLook || !last || isUneventful(last)) return;
    const { rowsReceived: count } = last;
    const endings = {
      complete: () => t('sync.announce.complete', { count, formatted: formats.number(count) }),
      cancelled: () => t('sync.announce.cancelled'),
      error: () =>
        t('sync.announce.error', { reason: t(`error.${last.error?.code ?? 'INTERNAL'}.title`) }),
    };
    setWords(endings[last.outcome]());
  }, [last, t, formats]);

  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  );
}

function isUneventful(result: SyncRunResult): boolean {
  return (
    result.reason !== 'user' &&
    result.outcome === 'complete' &&
    result.rowsReceived === 0 &&
    result.rowsDeleted === 0
  );
}
