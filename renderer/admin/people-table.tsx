import { Button } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleOff,
  IconKey,
  IconPencil,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useSignedIn } from '../session/use-session.ts';
import { useNow } from '../use-now.ts';
import { AdminTable } from './admin-table.tsx';
import type { PersonTask } from './person-dialog.tsx';
import styles from './admin.module.css';

const AGE_TICK_MS = 60_000;
const ICONS = {
  edit: IconPencil,
  password: IconKey,
  disable: IconUserOff,
  enable: IconUserCheck,
} as const;

interface PeopleTableProps {
  people: readonly AdminPerson[];
  onTask: (task: PersonTask) => void;
}

export function PeopleTable({ people, onTask }: PeopleTableProps) {
  const { t } = useTranslation();
  return (
    <AdminTable
      label={t('admin.tab.people')}
      look="actions"
      columns={(['name', 'role', 'sites', 'seen', 'state', 'actions'] as const).map((column) =>
        t(`admin.people.column.${column}`),
      )}
    >
      {people.map((person) => (
        <PersonRow key={person.id} person={person} onTask={onTask} />
      ))}
    </AdminTable>
  );
}

function PersonRow({
  person,
  onTask,
}: {
  person: AdminPerson;
  onTask: PeopleTableProps['onTask'];
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow(AGE_TICK_MS);
  const isSelf = useSignedIn()?.id === person.id;
  const { name, login, role, sites, disabled, lastSeen } = person;
  const siteWords =
    role === 'administrator'
      ? t('admin.people.allSites')
      : sites.map(({ code }) => code).join(', ');
  const action = (kind: keyof typeof ICONS, isOff = false) => {
    const Icon = ICONS[kind];
    const words = t(`admin.people.${kind}One`, { name });
    return (
      <Button
        size="sm"
        variant="default"
        className={styles['action'] ?? ''}
        disabled={isOff}
        title={isOff ? t('admin.people.notYourself') : words}
        aria-label={words}
        onClick={() => onTask({ kind, person })}
      >
        <Icon aria-hidden size={18} />
        <span>{t(`admin.people.${kind}`)}</span>
      </Button>
    );
  };
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{login ?? t('admin.people.noLogin')}</small>
      </th>
      <td>{t(`people.role.${role}`)}</td>
      <td className={styles['wrap']}>{siteWords === '' ? '–' : siteWords}</td>
      <td>
        {lastSeen === null
          ? t('admin.never')
          : (formats.relative(lastSeen, now) ?? t('time.justNow'))}
      </td>
      <td>
        <PersonState person={person} />
      </td>
      <td>
        <span className={styles['actions']}>
          {action('edit')}
          {login !== null && action('password')}
          {login !== null && action(disabled ? 'enable' : 'disable', isSelf)}
        </span>
      </td>
    </tr>
  );
}

function PersonState({ person: { login, disabled } }: { person: AdminPerson }) {
  const { t } = useTranslation();
  const state = login === null ? 'none' : disabled ? 'disabled' : 'active';
  const Icon = { none: IconUserOff, disabled: IconCircleOff, active: IconCircleCheck }[state];
  return (
    <span className={styles['state']} data-tone={state === 'active' ? 'good' : 'quiet'}>
      <Icon aria-hidden size={18} />
      {t(`admin.people.state.${state}`)}
    </span>
  );
}
