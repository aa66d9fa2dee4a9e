import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownPerson, SessionState } from '../../shared/desktop/session-views.ts';
import { useEnvironment } from '../environment.ts';
import { TallyMark } from '../shell/tally-mark.tsx';
import { KnownPeople } from './known-people.tsx';
import { PasswordForm } from './password-form.tsx';
import { PinEntry } from './pin-entry.tsx';
import { ServerLine } from './server-line.tsx';
import styles from './session.module.css';

interface WelcomeScreenProps {
  session: Extract<SessionState, { kind: 'signedOut' | 'locked' }>;
  isSwitching: boolean;
  onPassword: () => void;
}

/** `null` is somebody who has not been here. */
interface Choice {
  person: KnownPerson | null;
  withPassword: boolean;
}

/** The way in: who has been here comes back with a PIN, everybody else with a password. */
export function WelcomeScreen({ session, isSwitching, onPassword }: WelcomeScreenProps) {
  const { t } = useTranslation();
  const { people } = session;
  const before = session.kind === 'locked' && !isSwitching ? session.person : null;
  const [choice, setChoice] = useState<Choice | null>(
    before === null ? null : { person: before, withPassword: false },
  );
  const isKnown = people.length > 0;
  const shown = choice ?? (isKnown ? null : { person: null, withPassword: true });
  return (
    <section className={styles['card']} data-wide={isKnown || undefined}>
      <header className={styles['head']}>
        <span className={styles['mark']}>
          <TallyMark />
        </span>
        <div>
          <h1>{t(isKnown ? 'session.who' : 'session.signIn')}</h1>
          <p className="quiet">
            {session.kind === 'locked'
              ? t(`session.reason.${session.reason}`)
              : t(isKnown ? 'session.whoHint' : 'session.signInHint')}
          </p>
        </div>
      </header>
      <div className={styles['columns']}>
        {isKnown && (
          <KnownPeople
            people={people}
            chosen={shown === null ? undefined : (shown.person?.id ?? null)}
            onChoose={(person) => setChoice({ person, withPassword: false })}
          />
        )}
        {shown === null ? (
          <p className={styles['nobody']}>{t('session.chooseHint')}</p>
        ) : (
          <Entry
            // What was typed for one person is not another's.
            key={`${shown.person?.id ?? ''} ${shown.withPassword}`}
            session={session}
            choice={shown}
            onWithPassword={() => setChoice({ ...shown, withPassword: true })}
            onPassword={onPassword}
          />
        )}
      </div>
      <ServerLine isChangeable={!isKnown} />
    </section>
  );
}

interface EntryProps {
  session: WelcomeScreenProps['session'];
  choice: Choice;
  onWithPassword: () => void;
  onPassword: () => void;
}

/** The PIN of whoever has one and whom the server has not lost sight of; else the password. */
function Entry({ session, choice, onWithPassword, onPassword }: EntryProps) {
  const { now } = useEnvironment();
  const { person, withPassword } = choice;
  const hasEnded =
    person !== null &&
    (person.leaseEndsAt <= now() ||
      (session.kind === 'locked' && session.reason === 'lease' && session.person.id === person.id));
  if (person?.hasPin && !withPassword && !hasEnded) {
    return <PinEntry person={person} onWithPassword={onWithPassword} />;
  }
  const why = hasEnded ? 'lease' : person !== null && !person.hasPin ? 'noPin' : null;
  return <PasswordForm person={person} why={why} onSubmit={onPassword} />;
}
