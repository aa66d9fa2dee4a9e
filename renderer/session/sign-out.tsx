import { Button } from '@mantine/core';
import { IconCircleCheck, IconClockUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CurrentPerson } from '../../shared/desktop/session-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

interface SignOutProps {
  person: CurrentPerson;
  onBack: () => void;
}

/** Says first what becomes of work that was not sent. */
export function SignOut({ person, onBack }: SignOutProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const formats = useFormats();
  const signOut = useMutation(trpc.session.signOut.mutationOptions(useSessionChange()));
  const { id, name, waiting } = person;
  const Icon = waiting > 0 ? IconClockUp : IconCircleCheck;
  return (
    <section aria-labelledby="sign-out">
      <h2 id="sign-out">{t('account.signOutTitle', { name })}</h2>
      <p className={styles['progress']} data-done={waiting === 0 || undefined}>
        <Icon aria-hidden size={22} />
        <span>
          {waiting > 0
            ? t('account.unsentKept', { count: waiting, formatted: formats.number(waiting), name })
            : t('account.allSent')}
        </span>
      </p>
      <p className={styles['hint']}>{t('account.signOutText')}</p>
      {signOut.error && <ErrorWords error={wireErrorOf(signOut.error)} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onBack}>
          {t('records.cancel')}
        </Button>
        <Button
          autoFocus
          data-autofocus
          loading={signOut.isPending}
          onClick={() => signOut.mutate({ personId: id })}
        >
          {t('account.signOut')}
        </Button>
      </div>
    </section>
  );
}
