import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import type { Done } from './done-note.tsx';
import { useWriteRecords } from './use-write-records.ts';
import styles from './records.module.css';

interface RemoveRecordProps {
  entity: string;
  id: string;
  name: string;
  onDone: (done: Done) => void;
}

/** Removes a row after a question. A row that others point to stays, and the answer says so. */
export function RemoveRecord({ entity, id, name, onDone }: RemoveRecordProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { write, saving, error, reset } = useWriteRecords();
  const remove = async (): Promise<void> => {
    const { operationId } = await write({ kind: 'remove', entity, id });
    close();
    onDone({ operationId, words: t('records.removed', { name }) });
  };
  return (
    <>
      <Button
        variant="subtle"
        className={styles['remove'] ?? ''}
        onClick={() => {
          reset();
          open();
        }}
      >
        {t('records.remove')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('records.removeTitle', { name })}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
      >
        <div className={styles['form']}>
          <p>{t('records.removeText')}</p>
          {error !== null && <ErrorWords error={wireErrorOf(error)} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {t('records.cancel')}
            </Button>
            <Button
              className={styles['danger'] ?? ''}
              aria-disabled={saving || undefined}
              onClick={() => {
                // The dialog shows why it failed.
                if (!saving) remove().catch(() => undefined);
              }}
            >
              {t('records.remove')}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
