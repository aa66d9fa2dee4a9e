import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '../../shared/desktop/work-views.ts';
import { OperationFields } from './operation-fields.tsx';
import { useRecordWords } from '../records/use-record-words.ts';
import type { WorkActions } from './use-work-actions.ts';
import recordStyles from '../records/records.module.css';
import styles from './work.module.css';

/** Gives refused work up, after showing what is lost. */
export function DiscardOperation({
  operation,
  actions,
}: {
  operation: OperationView;
  actions: WorkActions;
}) {
  const { t } = useTranslation();
  const { one: entityWord } = useRecordWords();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="sm" variant="subtle" className={styles['discard'] ?? ''} onClick={open}>
        {t('work.discard')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('work.discardTitle')}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
        size="lg"
      >
        <div className={styles['dialog']}>
          <p>{t('work.discardLost')}</p>
          <div className={styles['lost']}>
            <strong>
              {entityWord(operation.entity)} · {t(`work.kind.${operation.kind}`)}
              {operation.title !== null && ` · ${operation.title}`}
            </strong>
            <OperationFields operation={operation} />
          </div>
          <p className="quiet">{t('work.discardHint')}</p>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {t('work.keep')}
            </Button>
            <Button
              className={recordStyles['danger'] ?? ''}
              onClick={() => {
                close();
                actions.discard(operation);
              }}
            >
              {t('work.discardConfirm')}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
