import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { PASSWORD_LENGTH_MIN } from '../../shared/sync/auth-protocol.ts';
import { PasswordField } from '../session/password-field.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { PersonTaskProps } from './person-dialog.tsx';
import { useAdminChange } from './use-admin-change.ts';
import styles from './admin.module.css';

/** For somebody who has forgotten theirs. */
export function NewPassword({
  person,
  onClose,
  onDone,
}: PersonTaskProps & { person: AdminPerson }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [password, setPassword] = useState('');
  const [hasTried, setTried] = useState(false);
  const setting = useMutation(trpc.admin.people.setPassword.mutationOptions(useAdminChange()));
  const isShort = password.length < PASSWORD_LENGTH_MIN;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (setting.isPending || isShort) return;
    const onSuccess = (): void => onDone(t('admin.people.passwordSet', { name: person.name }));
    setting.mutate({ id: person.id, password }, { onSuccess });
  };
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <PasswordField
        autoFocus
        label={t('account.newPassword')}
        hint={t('admin.people.passwordHint', { min: PASSWORD_LENGTH_MIN })}
        autoComplete="new-password"
        error={
          hasTried && isShort ? t('account.passwordShort', { min: PASSWORD_LENGTH_MIN }) : undefined
        }
        value={password}
        onChange={setPassword}
      />
      {setting.error && <ErrorWords error={wireErrorOf(setting.error)} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('records.cancel')}
        </Button>
        <Button type="submit" loading={setting.isPending}>
          {t('admin.people.password')}
        </Button>
      </div>
    </form>
  );
}
