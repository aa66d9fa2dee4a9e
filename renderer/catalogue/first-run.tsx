import { Button } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../shell/lazy-part.tsx';
import { TallyMark } from '../shell/tally-mark.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { SyncProgressBar } from '../sync/sync-progress-bar.tsx';
import { SyncProgressText } from '../sync/sync-progress-text.tsx';
import { useNetwork } from '../sync/use-network.ts';
import { useSync } from '../sync/use-sync.ts';
import styles from './first-run.module.css';

const ServerForm = lazyPart(() => import('../settings/server-form.tsx'));

/** What home and the catalogue show while this laptop holds no data at all: ask for the server, then show the way there. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function FirstRun() {
  return (
    <div className={styles['page']}>
      <div className={styles['card']}>
        <span className={styles['mark']}>
          <TallyMark />
        </span>
        <FirstRunStep />
      </div>
    </div>
  );
}

function FirstRunStep() {
  const { t } = useTranslation();
  const { status, trigger } = useSync();
  const network = useNetwork();
  const start = (): void => trigger({ syncUnit: 'full' });
  const failure = status?.state === 'error' ? status.lastResult?.error : null;

  if (status?.running) {
    return (
      <Step title={t('firstRun.waiting')} text={t('firstRun.waitingHint')}>
        <SyncProgressBar progress={status.running.progress} />
        <SyncProgressText progress={status.running.progress} />
      </Step>
    );
  }
  if (network?.cause === 'noServerSet') {
    return (
      <Step title={t('firstRun.title')} text={t('firstRun.text')}>
        <Suspense fallback={null}>
          <ServerForm
            label={t('firstRun.connect')}
            hint={t('firstRun.addressHint')}
            onSaved={start}
          />
        </Suspense>
      </Step>
    );
  }
  if (failure) {
    const again = (
      <Button variant="default" onClick={start}>
        {t('common.retry')}
      </Button>
    );
    return (
      <Step title={t('firstRun.failed')}>
        <ErrorWords error={failure} action={again} />
      </Step>
    );
  }
  const words = network?.state === 'offline' ? OFFLINE : READY;
  return (
    <Step title={t(words.title)} text={t(words.text)}>
      <SyncButton />
    </Step>
  );
}

const OFFLINE = { title: 'firstRun.offline', text: 'firstRun.offlineHint' } as const;
const READY = { title: 'catalogue.empty.nothing', text: 'catalogue.empty.nothingHint' } as const;

function Step({
  title,
  text,
  children,
}: {
  title: string;
  text?: string | undefined;
  children: ReactNode;
}) {
  return (
    <>
      <h1>{title}</h1>
      {text !== undefined && <p className="quiet">{text}</p>}
      {children}
    </>
  );
}
