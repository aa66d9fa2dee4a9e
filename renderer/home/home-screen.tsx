import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginning } from '../catalogue/use-beginning.ts';
import { OpenTallies } from '../counts/open-tallies.tsx';
import { useEnvironment } from '../environment.ts';
import { usePerson } from '../people/use-person.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import { AttentionList } from './attention-list.tsx';
import { greetingOf } from './greeting.ts';
import { HomeSearch } from './home-search.tsx';
import { HomeSync } from './home-sync.tsx';
import { HomeTiles } from './home-tiles.tsx';
import styles from './home.module.css';

const FirstRun = lazyPart(() => import('../catalogue/first-run.tsx'));

/** Where a day begins: what to start, what needs a person. The way to a first sync while this laptop holds nothing. */
export function HomeScreen() {
  const beginning = useBeginning();
  if (beginning === 'unknown') return null;
  if (beginning === 'firstRun') {
    return (
      <Suspense fallback={null}>
        <FirstRun />
      </Suspense>
    );
  }
  return (
    <div className={styles['page']}>
      <Greeting />
      <HomeSearch />
      <OpenTallies />
      <HomeTiles />
      <div className={styles['news']}>
        <AttentionList />
        <HomeSync />
      </div>
    </div>
  );
}

function Greeting() {
  const { t } = useTranslation();
  const { now } = useEnvironment();
  const person = usePerson();
  const greeting = t(`home.${greetingOf(new Date(now()).getHours())}`);
  const sites = useSyncStatus(({ scopes }) =>
    scopes.flatMap(({ siteCode, name }) => (siteCode === null ? [] : (name ?? siteCode))),
  );
  return (
    <header className={styles['greeting']}>
      <h1>{person ? t('home.named', { greeting, name: person.name }) : greeting}</h1>
      {sites && sites.length > 0 && <p>{t('home.sites', { sites: sites.join(', ') })}</p>}
    </header>
  );
}
