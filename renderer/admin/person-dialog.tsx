import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { DisablePerson } from './disable-person.tsx';
import { NewPassword } from './new-password.tsx';
import { PersonForm } from './person-form.tsx';

export type PersonTask =
  { kind: 'add' } | { kind: 'edit' | 'password' | 'disable' | 'enable'; person: AdminPerson };

export interface PersonTaskProps {
  onClose: () => void;
  /** With what was done. */
  onDone: (words: string) => void;
}

/** One thing about one person. */
export function PersonDialog({ task, ...ways }: PersonTaskProps & { task: PersonTask }) {
  const { t } = useTranslation();
  const title =
    task.kind === 'add'
      ? t('admin.people.add')
      : t(`admin.people.${task.kind}One`, { name: task.person.name });
  return (
    <Modal
      opened
      onClose={ways.onClose}
      title={title}
      size="30rem"
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {task.kind === 'add' && <PersonForm {...ways} person={null} />}
      {task.kind === 'edit' && <PersonForm {...ways} person={task.person} />}
      {task.kind === 'password' && <NewPassword {...ways} person={task.person} />}
      {(task.kind === 'disable' || task.kind === 'enable') && (
        <DisablePerson {...ways} person={task.person} isEnabling={task.kind === 'enable'} />
      )}
    </Modal>
  );
}
