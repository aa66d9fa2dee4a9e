import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PLACES } from '../shell/places.ts';
import styles from './home.module.css';

const TILES = PLACES.filter(({ isOnHome }) => isOnHome);

/** What people start many times a day, large enough for a glove. */
export function HomeTiles() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('home.start')}>
      <ul className={styles['tiles']}>
        {TILES.map(({ path, word, Icon }) => (
          <li key={path}>
            <Link href={path} className={styles['tile'] ?? ''}>
              <Icon aria-hidden size={36} stroke={1.5} />
              <span>{t(word)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
