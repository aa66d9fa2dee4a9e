import { IconClockUp, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KnownPerson } from '../../shared/desktop/session-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { initialsOf } from '../people/initials-of.ts';
import tile from '../people/tile.module.css';
import styles from './session.module.css';

interface KnownPeopleProps {
  people: readonly KnownPerson[];
  /** Null: somebody else. Undefined: nobody yet. */
  chosen: string | null | undefined;
  onChoose: (person: KnownPerson | null) => void;
}

/** Who has signed in on this laptop, each with what of theirs is still to be sent. */
export function KnownPeople({ people, chosen, onChoose }: KnownPeopleProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles['people']} aria-label={t('session.people')}>
      {people.map((person, index) => (
        <li key={person.id}>
          <KnownPersonTile
            person={person}
            isChosen={person.id === chosen}
            isFirst={index === 0 && chosen === undefined}
            onChoose={() => onChoose(person)}
          />
        </li>
      ))}
      <li>
        <button
          type="button"
          className={`${tile['tile']} ${styles['tile']}`}
          aria-pressed={chosen === null}
          onClick={() => onChoose(null)}
        >
          <span className={tile['initials']} aria-hidden>
            <IconUserPlus size={22} />
          </span>
          <strong>{t('session.somebodyElse')}</strong>
        </button>
      </li>
    </ul>
  );
}

interface KnownPersonTileProps {
  person: KnownPerson;
  isChosen: boolean;
  /** Where the keyboard begins while nobody is chosen. */
  isFirst: boolean;
  onChoose: () => void;
}

function KnownPersonTile({ person, isChosen, isFirst, onChoose }: KnownPersonTileProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { name, role, waiting } = person;
  return (
    <button
      type="button"
      className={`${tile['tile']} ${styles['tile']}`}
      aria-pressed={isChosen}
      autoFocus={isFirst}
      onClick={onChoose}
    >
      <span className={tile['initials']} aria-hidden>
        {initialsOf(name)}
      </span>
      <span className={tile['name']}>
        <strong>{name}</strong>
        <small>{t(`people.role.${role}`)}</small>
        {waiting > 0 && (
          <small className={styles['waiting']}>
            <IconClockUp aria-hidden size={16} />
            {t('session.unsent', { count: waiting, formatted: formats.number(waiting) })}
          </small>
        )}
      </span>
    </button>
  );
}
