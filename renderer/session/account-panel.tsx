import { Button } from '@mantine/core';
import { IconKey, IconLock, IconLogout, IconPasswordUser, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurrentPerson } from '../../shared/desktop/session-views.ts';
import { ChangePassword } from './change-password.tsx';
import { ChangePin } from './change-pin.tsx';
import { SignOut } from './sign-out.tsx';
import { useLock } from './use-lock.ts';
import styles from './session.module.css';

type View = 'menu' | 'pin' | 'password' | 'signOut';

interface AccountPanelProps {
  person: CurrentPerson;
  startWith?: View | undefined;
}

/** What people do about their own sign-in. One thing at a time, in place. */
export function AccountPanel({ person, startWith = 'menu' }: AccountPanelProps) {
  const [view, setView] = useState<View>(startWith);
  const [said, setSaid] = useState<string | null>(null);
  const [left, setLeft] = useState<View | null>(null);
  const back = (words: string | null): void => {
    setSaid(words);
    setLeft(view);
    setView('menu');
  };
  if (view === 'pin') return <ChangePin person={person} onDone={back} />;
  if (view === 'password') return <ChangePassword onDone={back} />;
  if (view === 'signOut') return <SignOut person={person} onBack={() => back(null)} />;
  return <AccountMenu person={person} said={said} left={left} onChoose={setView} />;
}

interface AccountMenuProps {
  person: CurrentPerson;
  /** What was done last. */
  said: string | null;
  /** Where somebody comes back from: the keyboard goes on at what led there. */
  left: View | null;
  onChoose: (view: View) => void;
}

function AccountMenu({ person, said, left, onChoose }: AccountMenuProps) {
  const { t } = useTranslation();
  const { lock, switchPerson } = useLock();
  const choose = (choice: 'switch' | 'lock' | View): void => {
    if (choice === 'switch') switchPerson();
    else if (choice === 'lock') lock();
    else onChoose(choice);
  };
  const choices = [
    [IconUsers, t('account.switch'), 'switch'],
    [IconLock, t('account.lock'), 'lock'],
    [IconPasswordUser, t(person.hasPin ? 'account.changePin' : 'account.setPin'), 'pin'],
    [IconKey, t('account.changePassword'), 'password'],
    [IconLogout, t('account.signOut'), 'signOut'],
  ] as const;
  return (
    <>
      <p role="status" className={styles['said']}>
        {said}
      </p>
      <ul className={styles['choices']}>
        {choices.map(([Icon, words, choice], index) => (
          <li key={choice}>
            <Button
              fullWidth
              variant="default"
              justify="flex-start"
              leftSection={<Icon aria-hidden size={20} />}
              autoFocus={choice === left}
              data-autofocus={index === 0 || undefined}
              onClick={() => choose(choice)}
            >
              {words}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
