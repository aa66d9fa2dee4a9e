import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import styles from './tally.module.css';

/** What people commonly say; one press each. */
const USUAL = ['wrongScan', 'doubled', 'notThere'] as const;

interface VoidScanProps {
  /** What the scan was of; null: nothing is asked. */
  name: string | null;
  onVoid: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Takes a scan back, for a reason. */
export function VoidScan({ name, onVoid, onClose }: VoidScanProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = (given: string): void => {
    if (given.trim() === '') {
      setMissing(true);
      return;
    }
    onVoid(given).then(() => {
      setReason('');
      onClose();
    }, setError);
  };
  return (
    <Modal
      opened={name !== null}
      onClose={onClose}
      title={t('tally.takeBackTitle')}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          take(reason);
        }}
      >
        <strong>{name}</strong>
        <Group gap="sm">
          {USUAL.map((usual) => (
            <Button key={usual} variant="light" onClick={() => take(t(`tally.${usual}`))}>
              {t(`tally.${usual}`)}
            </Button>
          ))}
        </Group>
        <TextInput
          label={t('tally.reason')}
          value={reason}
          error={isMissing ? t('tally.reasonNeeded') : undefined}
          onChange={(event) => {
            setMissing(false);
            setReason(event.currentTarget.value);
          }}
        />
        {error !== null && <ErrorWords error={wireErrorOf(error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('tally.cancel')}
          </Button>
          <Button type="submit">{t('tally.takeBack')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
