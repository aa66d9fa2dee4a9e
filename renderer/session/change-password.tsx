import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PASSWORD_LENGTH_MIN } from '../../shared/sync/auth-protocol.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { PasswordField } from './password-field.tsx';
import { useEntryProblem } from './use-entry-problem.ts';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

/** The old one again, so that nobody changes it on a laptop that was left open; then a new one. The server keeps it. */
export function ChangePassword({ onDone }: { onDone: (words: string | null) => void }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const problemOf = useEntryProblem();
  const isOffline = useNetwork()?.state === 'offline';
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [hasTried, setTried] = useState(false);
  const change = useMutation(trpc.session.changePassword.mutationOptions(useSessionChange()));
  const isShort = newPassword.length < PASSWORD_LENGTH_MIN;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (change.isPending || password === '' || isShort) return;
    change.mutate(
      { password, newPassword },
      { onSuccess: () => onDone(t('account.passwordChanged')) },
    );
  };
  const isWrong = change.error !== null && wireErrorOf(change.error).code === 'SIGN_IN_FAILED';
  const problem = isWrong ? t('account.wrongPassword') : change.error && problemOf(change.error);
  return (
    <section aria-labelledby="change-password">
      <h2 id="change-password">{t('account.changePassword')}</h2>
      {isOffline && <p className={styles['why']}>{t('account.passwordOffline')}</p>}
      <form className={styles['fields']} onSubmit={submit} noValidate>
        <PasswordField
          autoFocus
          label={t('account.oldPassword')}
          autoComplete="current-password"
          error={hasTried && password === '' ? t('records.required') : undefined}
          value={password}
          onChange={setPassword}
        />
        <PasswordField
          label={t('account.newPassword')}
          hint={t('account.passwordRule', { min: PASSWORD_LENGTH_MIN })}
          autoComplete="new-password"
          error={
            hasTried && isShort
              ? t('account.passwordShort', { min: PASSWORD_LENGTH_MIN })
              : undefined
          }
          value={newPassword}
          onChange={setNewPassword}
        />
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
        <div className={styles['buttons']}>
          <Button type="button" variant="default" onClick={() => onDone(null)}>
            {t('records.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
