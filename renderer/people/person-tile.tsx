import { IconCheck, IconClockUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/entities/person.ts';
import { initialsOf } from './initials-of.ts';
import styles from './tile.module.css';

interface PersonTileProps {
  person: Person;
  isCurrent: boolean;
  /** Added on this laptop, and not sent yet. */
  isPending: boolean;
  onChoose: () => void;
}

export function PersonTile({ person, isCurrent, isPending, onChoose }: PersonTileProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles['tile']}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onChoose}
    >
      <span className={styles['initials']} aria-hidden>
        {isCurrent ? <IconCheck size={24} /> : initialsOf(person.name)}
      </span>
      <span className={styles['name']}>
        <strong>{person.name}</strong>
        <small>
          {t(`people.role.${person.role}`)}
          {isCurrent && ` · ${t('people.current')}`}
        </small>
      </span>
      {isPending && <IconClockUp role="img" aria-label={t('records.pending')} size={18} />}
    </button>
  );
}
