import { IconLock, IconLogout, IconUser, IconUsers } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurrentPerson } from '../../shared/desktop/session-views.ts';
import { useCommand } from '../commands/use-command.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { useLock } from './use-lock.ts';
import styles from '../people/people.module.css';

const AccountDialog = lazyPart(() => import('./account-dialog.tsx'));

/** Who is signed in, always in sight, with the way to let somebody else in. */
export function PersonMenu({ person }: { person: CurrentPerson }) {
  const { t } = useTranslation();
  const { lock, switchPerson } = useLock();
  const [opened, setOpened] = useState<'menu' | 'signOut' | null>(null);
  useReturnFocus(opened !== null);
  useCommand({
    id: 'lock',
    words: t('account.lock'),
    keys: '$mod+Shift+KeyL',
    Icon: IconLock,
    run: lock,
  });
  useCommand({ id: 'switch', words: t('account.switch'), Icon: IconUsers, run: switchPerson });
  useCommand({
    id: 'signOut',
    words: t('account.signOut'),
    Icon: IconLogout,
    run: () => setOpened('signOut'),
  });
  return (
    <>
      <button
        type="button"
        className={styles['link']}
        aria-haspopup="dialog"
        title={t('account.menu')}
        onClick={() => setOpened('menu')}
      >
        <IconUser aria-hidden size={20} />
        <span>
          {person.name} <small>{t(`people.role.${person.role}`)}</small>
        </span>
      </button>
      <Suspense fallback={null}>
        {opened !== null && (
          <AccountDialog person={person} startWith={opened} onClose={() => setOpened(null)} />
        )}
      </Suspense>
    </>
  );
}
