import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '../../shared/domain/fold-text.ts';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDialog, type PersonTask } from './person-dialog.tsx';
import styles from './admin.module.css';

const PAGE = 50;

/** Everybody with or without a sign-in. */
export function PeopleList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [shown, setShown] = useState(PAGE);
  const [task, setTask] = useState<PersonTask | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    ...trpc.admin.people.list.queryOptions(),
    staleTime: 0,
  });
  const found = data?.filter((person) => fits(person, text)) ?? [];
  return (
    <section className={styles['card']} aria-label={t('admin.tab.people')}>
      <div className={styles['tools']}>
        <TextInput
          className={styles['find'] ?? ''}
          type="search"
          aria-label={t('people.find')}
          placeholder={t('people.find')}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch aria-hidden size={20} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setShown(PAGE);
          }}
        />
        <Button
          leftSection={<IconUserPlus aria-hidden size={20} />}
          onClick={() => setTask({ kind: 'add' })}
        >
          {t('admin.people.add')}
        </Button>
      </div>
      <p role="status" className={styles['said']}>
        {said}
      </p>
      <AdminAnswer hasAnswer={data !== undefined} error={error} onRetry={() => void refetch()}>
        {found.length === 0 ? (
          <p className="quiet">
            {t(text.trim() === '' ? 'admin.people.empty' : 'people.noneFound')}
          </p>
        ) : (
          <>
            <PeopleTable people={found.slice(0, shown)} onTask={setTask} />
            <p className={styles['shown']}>
              {t('admin.shown', {
                shown: formats.number(Math.min(shown, found.length)),
                total: formats.number(found.length),
              })}
              {found.length > shown && (
                <Button variant="default" onClick={() => setShown(shown + PAGE)}>
                  {t('records.more')}
                </Button>
              )}
            </p>
          </>
        )}
      </AdminAnswer>
      <PersonDialog
        task={task}
        onClose={() => setTask(null)}
        onDone={(words) => {
          setTask(null);
          setSaid(words);
        }}
      />
    </section>
  );
}

function fits({ name, login }: AdminPerson, text: string): boolean {
  const wanted = foldText(text.trim());
  return foldText(name).includes(wanted) || foldText(login ?? '').includes(wanted);
}
