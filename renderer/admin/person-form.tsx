import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../shared/entities/person.ts';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { PASSWORD_LENGTH_MIN, type Role } from '../../shared/sync/auth-protocol.ts';
import { PasswordField } from '../session/password-field.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { PersonTaskProps } from './person-dialog.tsx';
import { useAdminChange } from './use-admin-change.ts';
import styles from './admin.module.css';

const NAME_LENGTH_MAX = 100;

interface PersonFormProps extends PersonTaskProps {
  /** Null: somebody new. */
  person: AdminPerson | null;
}

/** Who somebody is to the server: what they may do, and where. */
export function PersonForm({ person, onClose, onDone }: PersonFormProps) {
  const { t } = useTranslation();
  const { save, saving, error } = useSavePerson(person, onDone);
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>(person?.role ?? ROLES[0]);
  const [sites, setSites] = useState<string[]>(() => person?.sites.map(({ id }) => id) ?? []);
  const [hasTried, setTried] = useState(false);
  const isNew = person === null;
  const needsSite = role !== 'administrator' && sites.length === 0;
  const isShort = password.length < PASSWORD_LENGTH_MIN;
  const isMissing = (text: string): boolean => text.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (saving || needsSite || (isNew && (isMissing(name) || isMissing(login) || isShort))) return;
    save({ name, login, password, role, sites: role === 'administrator' ? [] : sites });
  };
  const required = (text: string): string | undefined =>
    hasTried && isMissing(text) ? t('records.required') : undefined;
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      {isNew && (
        <>
          <TextInput
            data-autofocus
            label={t('people.name')}
            maxLength={NAME_LENGTH_MAX}
            autoComplete="off"
            error={required(name)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('session.login')}
            maxLength={NAME_LENGTH_MAX}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={required(login)}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
          <PasswordField
            label={t('admin.people.firstPassword')}
            hint={t('admin.people.passwordHint', { min: PASSWORD_LENGTH_MIN })}
            autoComplete="new-password"
            error={
              hasTried && isShort
                ? t('account.passwordShort', { min: PASSWORD_LENGTH_MIN })
                : undefined
            }
            value={password}
            onChange={setPassword}
          />
        </>
      )}
      <NativeSelect
        data-autofocus={!isNew || undefined}
        label={t('people.roleLabel')}
        data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
      />
      <SiteChoice
        role={role}
        sites={sites}
        onChange={setSites}
        error={hasTried && needsSite ? t('settings.sites.one') : undefined}
      />
      {error !== null && <ErrorWords error={wireErrorOf(error)} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('records.cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {t(isNew ? 'admin.people.add' : 'records.save')}
        </Button>
      </div>
    </form>
  );
}

interface SiteChoiceProps {
  role: Role;
  sites: string[];
  onChange: (sites: string[]) => void;
  error: string | undefined;
}

function SiteChoice({ role, sites, onChange, error }: SiteChoiceProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.admin.sites.queryOptions(), staleTime: 0 });
  if (role === 'administrator') return <p className="quiet">{t('admin.people.allSites')}</p>;
  return (
    <Checkbox.Group
      label={t('admin.people.column.sites')}
      value={sites}
      onChange={onChange}
      error={error}
    >
      <div className={styles['siteChoice']}>
        {data?.map(({ id, code, name }) => (
          <Checkbox key={id} value={id} label={`${name} (${code})`} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

interface PersonDraft {
  name: string;
  login: string;
  password: string;
  role: Role;
  sites: string[];
}

function useSavePerson(person: AdminPerson | null, onDone: (words: string) => void) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const change = useAdminChange();
  const adding = useMutation(trpc.admin.people.add.mutationOptions(change));
  const updating = useMutation(trpc.admin.people.update.mutationOptions(change));
  const save = ({ name, login, password, role, sites }: PersonDraft): void => {
    if (person) {
      const onSuccess = (): void => onDone(t('records.saved', { name: person.name }));
      updating.mutate({ id: person.id, role, sites }, { onSuccess });
      return;
    }
    const added = { name: name.trim(), login: login.trim(), password, role, sites };
    adding.mutate(added, {
      onSuccess: () => onDone(t('admin.people.added', { name: added.name })),
    });
  };
  return {
    save,
    saving: adding.isPending || updating.isPending,
    error: adding.error ?? updating.error,
  };
}
