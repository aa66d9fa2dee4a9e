import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFind as Find } from '../../shared/sync/admin-protocol.ts';
import { useTRPC } from '../trpc.ts';
import styles from './admin.module.css';

/** As the server calls them. Any other can be typed: procedures stand in the trail by their paths. */
const ACTIONS: readonly string[] = [
  'operation',
  'session.begin',
  'session.end',
  'person.add',
  'person.update',
  'person.password',
  'person.disable',
  'person.enable',
  'device.revoke',
  'admin.import',
  'removeOldAudit',
];
const OFFERED_MAX = 40;
const TEXT_LENGTH_MAX = 100;
const BYS: readonly Find['by'][] = ['person', 'device', 'action', 'subject'];

interface AuditFindProps {
  find: Find | null;
  onFind: (find: Find | null) => void;
}

/** One field for all that the trail can be asked for: whose, from which laptop, what, or about what. */
export function AuditFind({ find, onFind }: AuditFindProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const people = useQuery(trpc.admin.people.list.queryOptions()).data ?? [];
  const laptops = useQuery(trpc.admin.devices.list.queryOptions()).data ?? [];
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const known = {
    person: people.map(({ id, name }) => option('person', id, name)),
    device: laptops.map(({ id, name }) => option('device', id, name)),
    action: ACTIONS.map((action) => option('action', action)),
    subject: find?.by === 'subject' ? [option('subject', find.value)] : [],
  };
  const isKnown = Object.values(known).some((all) => all.some(({ label }) => label === text));
  const asTyped = (by: Find['by']): Option[] => (text === '' || isKnown ? [] : [option(by, text)]);
  const offered: Record<Find['by'], Option[]> = {
    ...known,
    action: [...known.action, ...asTyped('action')],
    subject: [...known.subject, ...asTyped('subject')],
  };
  return (
    <Select
      className={styles['find'] ?? ''}
      label={t('admin.audit.find')}
      leftSection={<IconSearch aria-hidden size={20} />}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      autoComplete="off"
      spellCheck={false}
      selectFirstOptionOnChange
      limit={OFFERED_MAX}
      maxLength={TEXT_LENGTH_MAX}
      maxDropdownHeight={320}
      nothingFoundMessage={t('records.noneFound')}
      searchValue={typed}
      onSearchChange={(next) => {
        setTyped(next);
        // Emptied by keyboard, it asks for nothing, as after its button.
        if (next === '') onFind(null);
      }}
      data={BYS.map((by) => ({ group: t(`admin.column.${by}`), items: offered[by] })).filter(
        ({ items }) => items.length > 0,
      )}
      value={find && `${find.by} ${find.value}`}
      onChange={(chosen) => onFind(findOf(chosen))}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

function option(by: Find['by'], value: string, label = value): Option {
  return { value: `${by} ${value}`, label };
}

function findOf(chosen: string | null): Find | null {
  const by = BYS.find((one) => chosen?.startsWith(`${one} `));
  return by && chosen ? { by, value: chosen.slice(by.length + 1) } : null;
}
