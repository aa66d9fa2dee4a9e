import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { lazy, Suspense } from 'react';
import { TallyMark } from '../shell/tally-mark.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { SyncProgressBar } from '../sync/sync-progress-bar.tsx';
import { SyncProgressText } from '../sync/sync-progress-text.tsx';
import { useNetwork } from '../sync/use-network.ts';
import { useSync } from '../sync/use-sync.ts';
import styles from './first-run.module.css';

const ServerForm = lazy(() => import('../settings/server-form.tsx'));

/** What the catalogue shows while this laptop holds no data at all: ask for the server, then show the way there. */
export function FirstRun() {
  const { t } = useTranslation();
  const { status, trigger } = useSync();
  const network = useNetwork();
  const running = status?.running;
  const failure = status?.state === 'error' ? status.lastResult?.error : null;

  return (
    <div className={styles['page']}>
      <div className={styles['card']}>
        <span className={styles['mark']}>
          <TallyMark />
        </span>
        {running ? (
          <>
            <h1>{t('firstRun.waiting')}</h1>
            <p className="quiet">{t('firstRun.waitingHint')}</p>
            <SyncProgressBar progress={running.progress} />
            <SyncProgressText progress={running.progress} />
          </>
        ) : network?.cause === 'noServerSet' ? (
          <>
            <h1>{t('firstRun.title')}</h1>
            <p className="quiet">{t('firstRun.text')}</p>
            <Suspense fallback={null}>
              <ServerForm
                label={t('firstRun.connect')}
                hint={t('firstRun.addressHint')}
                onSaved={() => trigger({ syncUnit: 'full' })}
              />
            </Suspense>
          </>
        ) : failure ? (
          <>
            <h1>{t('firstRun.failed')}</h1>
            <ErrorWords
              error={failure}
              action={
                <Button variant="default" onClick={() => trigger({ syncUnit: 'full' })}>
                  {t('common.retry')}
                </Button>
              }
            />
          </>
        ) : (
          <>
            <h1>
              {t(network?.state === 'offline' ? 'firstRun.offline' : 'catalogue.empty.nothing')}
            </h1>
            <p className="quiet">
              {t(
                network?.state === 'offline'
                  ? 'firstRun.offlineHint'
                  : 'catalogue.empty.nothingHint',
              )}
            </p>
            <SyncButton />
          </>
        )}
      </div>
    </div>
  );
}
