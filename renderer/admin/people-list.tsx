import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '../../shared/domain/fold-text.ts';
import type { AdminPerson } from '../../shared/sync/admin-protocol.ts';
import { FindField } from '../records/find-field.tsx';
import { useTRPC } from '../trpc.ts';
import { useReturnFocus } from '../use-return-focus.ts';
import { AdminAnswer } from './admin-answer.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDialog, type PersonTask } from './person-dialog.tsx';
import { ShownInParts } from './shown-in-parts.tsx';
import styles from './admin.module.css';

/** Everybody with or without a sign-in. */
export function PeopleList() {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [task, setTask] = useState<PersonTask | null>(null);
  useReturnFocus(task !== null);
  const [said, setSaid] = useState<string | null>(null);
  const query = useQuery({
    ...trpc.admin.people.list.queryOptions(),
    staleTime: 0,
  });
  return (
    <section className={styles['card']} aria-label={t('admin.tab.people')}>
      <div className={styles['tools']}>
        <FindField
          className={styles['find'] ?? ''}
          aria-label={t('people.find')}
          placeholder={t('people.find')}
          text={text}
          onText={setText}
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
      <AdminAnswer of={query}>
        {(people) => (
          // What is looked for anew is shown from its beginning.
          <ShownInParts
            key={text}
            items={people.filter((person) => fits(person, text))}
            empty={t(text.trim() === '' ? 'admin.people.empty' : 'people.noneFound')}
          >
            {(shown) => <PeopleTable people={shown} onTask={setTask} />}
          </ShownInParts>
        )}
      </AdminAnswer>
      {task && (
        <PersonDialog
          task={task}
          onClose={() => setTask(null)}
          onDone={(words) => {
            setTask(null);
            setSaid(words);
          }}
        />
      )}
    </section>
  );
}

function fits({ name, login }: AdminPerson, text: string): boolean {
  const wanted = foldText(text.trim());
  return foldText(name).includes(wanted) || foldText(login ?? '').includes(wanted);
}
