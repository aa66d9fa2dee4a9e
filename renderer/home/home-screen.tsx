import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginning } from '../catalogue/use-beginning.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import styles from './home.module.css';

const FirstRun = lazyPart(() => import('../catalogue/first-run.tsx'));

/** Where a day begins, or the way to a first sync while this laptop holds nothing. */
export function HomeScreen() {
  const { t } = useTranslation();
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
      <h1>{t('nav.home')}</h1>
    </div>
  );
}
