import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminDevice } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { useAdminChange } from './use-admin-change.ts';
import styles from './admin.module.css';

interface RevokeLaptopProps {
  laptop: AdminDevice;
  onClose: () => void;
  onDone: () => void;
}

/** There is no way back, so the name has to be typed. */
export function RevokeLaptop({ laptop, onClose, onDone }: RevokeLaptopProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const [hasTried, setTried] = useState(false);
  const revoking = useMutation(trpc.admin.devices.revoke.mutationOptions(useAdminChange()));
  const { id, name, health } = laptop;
  const waiting = health?.waiting ?? 0;
  const differs = typed.trim() !== name;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!differs && !revoking.isPending) revoking.mutate({ id }, { onSuccess: onDone });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('admin.laptops.revokeOne', { name })}
      size="32rem"
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <form className={styles['fields']} onSubmit={submit} noValidate>
        <ul className={styles['consequences']}>
          <li>{t('admin.laptops.revokeOut')}</li>
          <li>
            {waiting === 0
              ? t('admin.laptops.revokeNothing')
              : t('admin.laptops.revokeWork', {
                  count: waiting,
                  formatted: formats.number(waiting),
                })}
          </li>
          <li>{t('admin.laptops.revokeClear')}</li>
          <li>{t('admin.laptops.revokeForGood')}</li>
        </ul>
        <TextInput
          data-autofocus
          label={t('admin.laptops.typeName', { name })}
          autoComplete="off"
          spellCheck={false}
          error={hasTried && differs ? t('admin.laptops.nameDiffers', { name }) : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {revoking.error && <ErrorWords error={wireErrorOf(revoking.error)} />}
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onClose}>
            {t('records.cancel')}
          </Button>
          <Button
            type="submit"
            color="red"
            aria-disabled={differs || undefined}
            loading={revoking.isPending}
          >
            {t('admin.laptops.revoke')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
