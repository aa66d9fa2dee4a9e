import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { DecisionCode } from '../sync/status-word.ts';
import { useSyncCommands } from '../sync/use-sync-commands.ts';
import styles from './sync-screen.module.css';

/** The person's word that the server is right. Says what happens to the data before it asks. */
export function AcceptServer({ code }: { code: DecisionCode }) {
  const { t } = useTranslation();
  const { acceptServer } = useSyncCommands();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('accept.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t(`accept.title.${code}`)}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
        size="lg"
      >
        <div className={styles['accept']}>
          <p>
            <strong>{t('accept.safety')}</strong>
          </p>
          <p>{t('accept.unsent')}</p>
          <p>{t('accept.ask')}</p>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {t('accept.keep')}
            </Button>
            <Button
              onClick={() => {
                close();
                // A failure is shown by the screen, as of every command.
                acceptServer().catch(() => undefined);
              }}
            >
              {t('accept.confirm')}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
