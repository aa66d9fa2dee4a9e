import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { useNetwork } from '../sync/use-network.ts';
import { wireErrorOf } from '../wire-error-of.ts';

interface AdminAnswerProps {
  /** Undefined until there is one. */
  hasAnswer: boolean;
  error: unknown;
  onRetry: () => void;
  children: ReactNode;
}

/** What the server said, or that it has not yet, or why it did not. Offline the page says so by itself. */
export function AdminAnswer({ hasAnswer, error, onRetry, children }: AdminAnswerProps) {
  const { t } = useTranslation();
  const isOffline = useNetwork()?.state === 'offline';
  const again = (
    <Button variant="default" onClick={onRetry}>
      {t('common.retry')}
    </Button>
  );
  return (
    <>
      {error !== null && isOffline && !hasAnswer && <p className="quiet">{t('admin.notHere')}</p>}
      {error !== null && !isOffline && <ErrorWords error={wireErrorOf(error)} action={again} />}
      {!hasAnswer && error === null && (
        <p role="status" className="quiet">
          {t('records.loading')}
        </p>
      )}
      {hasAnswer && children}
    </>
  );
}
