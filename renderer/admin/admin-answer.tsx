import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { useNetwork } from '../sync/use-network.ts';
import { wireErrorOf } from '../wire-error-of.ts';

interface AdminAnswerProps<T> {
  /** A query; its data is undefined until there is an answer. */
  of: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** What the server said, or that it has not yet, or why it did not. Offline the page says so by itself. */
export function AdminAnswer<T>({ of: { data, error, refetch }, children }: AdminAnswerProps<T>) {
  const { t } = useTranslation();
  const isOffline = useNetwork()?.state === 'offline';
  const again = (
    <Button variant="default" onClick={() => void refetch()}>
      {t('common.retry')}
    </Button>
  );
  return (
    <>
      {error !== null && isOffline && data === undefined && (
        <p className="quiet">{t('admin.notHere')}</p>
      )}
      {error !== null && !isOffline && <ErrorWords error={wireErrorOf(error)} action={again} />}
      {data === undefined && error === null && (
        <p role="status" className="quiet">
          {t('records.loading')}
        </p>
      )}
      {data !== undefined && children(data)}
    </>
  );
}
