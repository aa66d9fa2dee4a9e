import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useSync } from '../sync/use-sync.ts';
import { useNow } from '../use-now.ts';
import styles from './sync-screen.module.css';

const AGE_TICK_MS = 10_000;

/** The three questions a person has: how old is my data, is the server there, is my work sent. */
export function SyncFacts() {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  const { status } = useSync();
  const network = useNetwork();
  if (!status) return null;
  const { lastSuccessAt, nextAttemptAt, pending } = status;
  const ago = (at: number): string => formats.relative(at, now) ?? t('time.justNow');
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>{t('sync.lastSuccess')}</dt>
        <dd>
          <strong>{lastSuccessAt === null ? t('time.never') : ago(lastSuccessAt)}</strong>
          {lastSuccessAt !== null && <span>{formats.dateTime(lastSuccessAt)}</span>}
          {nextAttemptAt !== null && nextAttemptAt > now && (
            <span>{t('status.nextAttempt', { when: ago(nextAttemptAt) })}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('sync.server')}</dt>
        <dd>
          <strong>{t(`network.${network?.state ?? 'unknown'}`)}</strong>
          {network?.state === 'offline' && (
            <>
              {network.cause && <span>{t(`network.${network.cause}`)}</span>}
              <span>{t('sync.since', { time: formats.dateTime(network.since) })}</span>
            </>
          )}
          {network?.serverUrl && <span className={styles['address']}>{network.serverUrl}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('sync.unsent')}</dt>
        <dd>
          <strong>
            {pending === 0
              ? t('status.pendingNone')
              : t('status.pending', { count: pending, formatted: formats.number(pending) })}
          </strong>
          <span>{t('sync.safe')}</span>
        </dd>
      </div>
    </dl>
  );
}
