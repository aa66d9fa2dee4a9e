import { IconUser, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PersonMenu } from '../session/person-menu.tsx';
import { useSignedIn } from '../session/use-session.ts';
import { usePerson } from './use-person.ts';
import styles from './people.module.css';

/** Who works here now, always in sight, because what is done bears that name. Leads to where one changes it. */
export function PersonLink() {
  const { t } = useTranslation();
  const signedIn = useSignedIn();
  const person = usePerson();
  if (signedIn) return <PersonMenu person={signedIn} />;
  if (person === undefined) return null;
  const Icon = person === null ? IconUserQuestion : IconUser;
  return (
    <Link href="/people" className={styles['link'] ?? ''} title={t('people.change')}>
      <Icon aria-hidden size={20} />
      <span>{person?.name ?? t('people.nobody')}</span>
    </Link>
  );
}
