import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CurrentPerson } from '../../shared/desktop/session-views.ts';
import { AccountPanel } from './account-panel.tsx';
import styles from './session.module.css';

interface AccountDialogProps {
  person: CurrentPerson;
  startWith: 'menu' | 'signOut';
  onClose: () => void;
}

/** Who is signed in, and what they can do about it, from anywhere. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function AccountDialog({ person, startWith, onClose }: AccountDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="26rem"
      title={t('account.of', { name: person.name, role: t(`people.role.${person.role}`) })}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <div className={styles['dialog']}>
        <AccountPanel person={person} startWith={startWith} />
      </div>
    </Modal>
  );
}
