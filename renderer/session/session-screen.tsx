import type { SessionState } from '../../shared/desktop/session-views.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { ConnectionLost } from '../shell/connection-lost.tsx';
import { PinOffer } from './pin-offer.tsx';
import { RevokedScreen } from './revoked-screen.tsx';
import { WelcomeScreen } from './welcome-screen.tsx';
import styles from './session.module.css';

interface SessionScreenProps {
  session: SessionState;
  /** Somebody asked to let another person in. */
  isSwitching: boolean;
  /** Somebody is coming in with a password. */
  onPassword: () => void;
  onOfferDone: () => void;
}

/** What stands instead of the app while nobody may use it. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function SessionScreen({
  session,
  isSwitching,
  onPassword,
  onOfferDone,
}: SessionScreenProps) {
  // A code that is scanned now belongs to nobody: it is neither looked up nor taken for a PIN.
  useScanTask(ignoreScan);
  return (
    <main className={styles['page']} id="content" tabIndex={-1}>
      <ConnectionLost />
      <div className={styles['middle']}>
        {session.kind === 'revoked' && <RevokedScreen {...session} />}
        {session.kind === 'signedIn' && (
          <PinOffer name={session.person.name} onDone={onOfferDone} />
        )}
        {(session.kind === 'signedOut' || session.kind === 'locked') && (
          <WelcomeScreen session={session} isSwitching={isSwitching} onPassword={onPassword} />
        )}
      </div>
    </main>
  );
}

const ignoreScan = (): void => undefined;
