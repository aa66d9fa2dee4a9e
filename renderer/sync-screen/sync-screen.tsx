import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { ErrorWords } from '../sync/error-words.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { decisionOf } from '../sync/status-word.ts';
import { useSync } from '../sync/use-sync.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { ConflictList } from '../work/conflict-list.tsx';
import { PendingList } from '../work/pending-list.tsx';
import { AcceptServer } from './accept-server.tsx';
import { RunningSync } from './running-sync.tsx';
import { SyncLog } from './sync-log.tsx';
import { SyncOverview } from './sync-overview.tsx';
import { SyncTabs } from './sync-tabs.tsx';
import frame from '../style/frame.module.css';
import styles from './sync-screen.module.css';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function SyncScreen() {
  const { t } = useTranslation();
  const { status, commandError } = useSync();
  const failure = status?.state === 'error' ? (status.lastResult?.error ?? null) : null;
  const decision = decisionOf(status);
  return (
    <div className={frame['page']}>
      <header className={styles['head']}>
        <h1>{t('sync.title')}</h1>
        <SyncButton />
      </header>
      <SyncTabs />
      {commandError !== null && <ErrorWords error={wireErrorOf(commandError)} />}
      {status?.running && <RunningSync progress={status.running.progress} />}
      {failure && !status?.running && (
        <ErrorWords error={failure} action={decision && <AcceptServer code={decision} />} />
      )}
      <Switch>
        <Route path="/sync/waiting" component={PendingList} />
        <Route path="/sync/decisions" component={ConflictList} />
        <Route path="/sync/log" component={SyncLog} />
        <Route component={SyncOverview} />
      </Switch>
    </div>
  );
}
