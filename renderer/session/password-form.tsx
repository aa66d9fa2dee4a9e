import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownPerson } from '../../shared/desktop/session-views.ts';
import { useNetwork } from '../sync/use-network.ts';
import { useTRPC } from '../trpc.ts';
import { PasswordField } from './password-field.tsx';
import { useEntryProblem } from './use-entry-problem.ts';
import { useSessionChange } from './use-session-change.ts';
import styles from './session.module.css';

const LOGIN_LENGTH_MAX = 100;

interface PasswordFormProps {
  /** Whom it is for, if they have been here. */
  person: KnownPerson | null;
  /** Why it takes the password. */
  why: 'noPin' | 'lease' | null;
  onSubmit: () => void;
}

/** Name and password, judged by the server. Of whoever has been here the name is known. */
export function PasswordForm({ person, why, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const problemOf = useEntryProblem();
  const passwordField = useRef<HTMLInputElement>(null);
  const known = person?.login ?? null;
  const [login, setLogin] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [hasTried, setTried] = useState(false);
  const isOffline = useNetwork()?.state === 'offline';
  const signIn = useMutation(trpc.session.signIn.mutationOptions(useSessionChange()));
  const missing = (text: string): string | undefined =>
    hasTried && text.trim() === '' ? t('records.required') : undefined;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (signIn.isPending || login.trim() === '' || password === '') return;
    onSubmit();
    signIn.mutate(
      { login: login.trim(), password },
      {
        onError: () => {
          setPassword('');
          setTried(false);
          passwordField.current?.focus();
        },
      },
    );
  };
  return (
    <form
      className={styles['entry']}
      onSubmit={submit}
      aria-label={person?.name ?? t('session.signIn')}
      noValidate
    >
      {person && <h2>{person.name}</h2>}
      {why !== null && <p className={styles['why']}>{t(`session.why.${why}`)}</p>}
      {isOffline && (
        <p className={styles['why']} role="status">
          {t('session.offline')}
        </p>
      )}
      {known === null ? (
        <TextInput
          autoFocus
          label={t('session.login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={LOGIN_LENGTH_MAX}
          error={missing(login)}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
      ) : (
        // For what keeps passwords, which asks whose it is.
        <input hidden readOnly autoComplete="username" value={known} />
      )}
      <PasswordField
        ref={passwordField}
        autoFocus={known !== null}
        label={t('session.password')}
        autoComplete="current-password"
        error={missing(password)}
        value={password}
        onChange={setPassword}
      />
      <p role="alert" className={styles['problem']}>
        {signIn.error && problemOf(signIn.error)}
      </p>
      <Button type="submit" loading={signIn.isPending}>
        {t('session.signIn')}
      </Button>
    </form>
  );
}
