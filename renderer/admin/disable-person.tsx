import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { PersonTaskProps } from './person-dialog.tsx';
import { useAdminChange } from './use-admin-change.ts';
import styles from './admin.module.css';

interface DisablePersonProps extends PersonTaskProps {
  person: AdminPerson;
  isEnabling: boolean;
}

/** Says first what it means for the person and for their work. */
export function DisablePerson({ person, isEnabling, onClose, onDone }: DisablePersonProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const change = useAdminChange();
  const disabling = useMutation(trpc.admin.people.disable.mutationOptions(change));
  const enabling = useMutation(trpc.admin.people.enable.mutationOptions(change));
  const asked = isEnabling ? enabling : disabling;
  const { id, name } = person;
  const words = isEnabling ? 'enabled' : 'disabled';
  const act = (): void =>
    asked.mutate({ id }, { onSuccess: () => onDone(t(`admin.people.${words}`, { name })) });
  return (
    <div className={styles['fields']}>
      <p>{t(isEnabling ? 'admin.people.enableText' : 'admin.people.disableText')}</p>
      {asked.error && <ErrorWords error={wireErrorOf(asked.error)} />}
      <div className={styles['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('records.cancel')}
        </Button>
        <Button data-autofocus loading={asked.isPending} onClick={act}>
          {t(isEnabling ? 'admin.people.enable' : 'admin.people.disable')}
        </Button>
      </div>
    </div>
  );
}
