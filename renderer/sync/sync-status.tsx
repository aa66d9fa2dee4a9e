import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useConnection } from '../use-connection.ts';
import { useNow } from '../use-now.ts';
import { StatusIcon } from './status-icon.tsx';
import { statusWordOf } from './status-word.ts';
import { SyncProgressText } from './sync-progress-text.tsx';
import { useNetwork } from './use-network.ts';
import { useSync } from './use-sync.ts';
import styles from './sync.module.css';

const AGE_TICK_MS = 10_000;

/** State in one word, age of the data, offline since when, and what waits to be sent. Always on screen. */
export function SyncStatus() {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  const connection = useConnection();
  const { status } = useSync();
  const network = useNetwork();
  const word = statusWordOf(connection, status, network);
  const ago = (at: number): string => formats.relative(at, now) ?? t('time.justNow');
  const lastSuccessAt = status?.lastSuccessAt ?? null;
  const nextAttemptAt = status?.nextAttemptAt ?? null;
  const age = lastSuccessAt === null ? null : ago(lastSuccessAt);

  return (
    <div className={styles['status']} data-testid="sync-status">
      <StatusIcon word={word} />
      <strong className={styles['word']}>{t(`status.${word}`)}</strong>
      <span className={styles['facts']}>
        {word === 'offline' && network && (
          <span data-since>{t('status.offlineSince', { time: formats.time(network.since) })}</span>
        )}
        {status?.running ? (
          <SyncProgressText progress={status.running.progress} brief />
        ) : (
          age !== null && (
            <span>
              {word === 'upToDate'
                ? t('status.updated', { ago: age })
                : t('status.dataFrom', { ago: age })}
            </span>
          )
        )}
        {word === 'error' && nextAttemptAt !== null && nextAttemptAt > now && (
          <span>{t('status.nextAttempt', { when: ago(nextAttemptAt) })}</span>
        )}
      </span>
    </div>
  );
}
