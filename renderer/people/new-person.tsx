import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { person, ROLES } from '../../shared/entities/person.ts';
import { useWriteRecords } from '../records/use-write-records.ts';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './people.module.css';

interface NewPersonProps {
  opened: boolean;
  onClose: () => void;
  onAdded: (id: string) => void;
}

const NAME_LENGTH_MAX = 500;

/** Somebody new starts work without waiting for the network or an office. */
export function NewPerson({ opened, onClose, onAdded }: NewPersonProps) {
  const { t } = useTranslation();
  const { write, saving, error } = useWriteRecords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>(ROLES[0]);
  const [hasTried, setTried] = useState(false);
  const isMissing = hasTried && name.trim() === '';
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || saving) return;
    const row = { name: name.trim(), role, active: 1 };
    const { ids } = await write({ kind: 'create', entity: person.name, row });
    setName('');
    setTried(false);
    onAdded(ids[0] ?? '');
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('people.add')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {/* What was refused is shown below. */}
      <form onSubmit={(event) => void submit(event).catch(() => undefined)} noValidate>
        <div className={styles['fields']}>
          <TextInput
            data-autofocus
            label={t('people.name')}
            maxLength={NAME_LENGTH_MAX}
            autoComplete="off"
            error={isMissing ? t('records.required') : undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('people.roleLabel')}
            data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          {error !== null && <ErrorWords error={wireErrorOf(error)} />}
          <div className={styles['buttons']}>
            <Button variant="default" onClick={onClose}>
              {t('records.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('people.start')}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}
