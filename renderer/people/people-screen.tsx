import { Button } from '@mantine/core';
import { IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { foldText } from '../../shared/domain/fold-text.ts';
import { person } from '../../shared/entities/person.ts';
import { FindField } from '../records/find-field.tsx';
import { useRecords } from '../records/use-records.ts';
import { useSettings } from '../settings/use-settings.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { NewPerson } from './new-person.tsx';
import { PersonTile } from './person-tile.tsx';
import styles from './people.module.css';

/** Where somebody says who they are. Everything that is done afterwards bears that name. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function PeopleScreen() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { settings, update, error } = useSettings();
  const [text, setText] = useState('');
  const [isAdding, setAdding] = useState(false);
  const list = useRecords(person);
  const found = list.records.filter(({ row }) => row.active && fits(row.name, text));
  const choose = (personId: string | null): void =>
    update({ personId }, () => navigate(personId === null ? '/people' : '/'));
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key !== 'Enter' || !first || text.trim() === '') return;
    event.preventDefault();
    choose(first.id);
  };
  const failure = list.error ?? error;
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h1>{t('people.title')}</h1>
        <p className="quiet">{t('people.hint')}</p>
      </header>
      <div className={styles['tools']}>
        <FindField
          className={styles['find'] ?? ''}
          aria-label={t('people.find')}
          placeholder={t('people.find')}
          text={text}
          onText={setText}
          onKeyDown={onKeyDown}
        />
        <Button
          variant="default"
          leftSection={<IconUserPlus aria-hidden size={20} />}
          onClick={() => setAdding(true)}
        >
          {t('people.add')}
        </Button>
        {(settings?.personId ?? null) !== null && (
          <Button
            variant="default"
            leftSection={<IconUserOff aria-hidden size={20} />}
            onClick={() => choose(null)}
          >
            {t('people.leave')}
          </Button>
        )}
      </div>
      {failure !== null && <ErrorWords error={wireErrorOf(failure)} />}
      {!list.isPending && found.length === 0 && (
        <EmptyState
          title={t(text.trim() === '' ? 'people.empty' : 'people.noneFound')}
          text={t('people.emptyHint')}
        />
      )}
      <ul className={styles['tiles']}>
        {found.map(({ id, row, pending }) => (
          <li key={id}>
            <PersonTile
              person={row}
              isCurrent={settings?.personId === id}
              isPending={pending}
              onChoose={() => choose(id)}
            />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>
          {t('records.more')}
        </Button>
      )}
      <NewPerson
        opened={isAdding}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          choose(id);
        }}
      />
    </div>
  );
}

function fits(name: string, text: string): boolean {
  return foldText(name).includes(foldText(text.trim()));
}
