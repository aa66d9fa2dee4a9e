import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { PLACE_GROUPS, PLACES, type Place, placePathOf } from './places.ts';
import { SyncBadge } from './sync-badge.tsx';
import { TallyMark } from './tally-mark.tsx';
import styles from './shell.module.css';

export function NavigationRail() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const here = placePathOf(location);
  return (
    <nav className={styles['rail']} aria-label={t('nav.label')}>
      <TallyMark />
      <div className={styles['places']}>
        {PLACE_GROUPS.map((group) => (
          <ul key={group} className={styles['group']} aria-label={t(`nav.group.${group}`)}>
            {PLACES.filter((place) => place.group === group).map((place) => (
              <PlaceLink key={place.path} place={place} isHere={place.path === here} />
            ))}
          </ul>
        ))}
      </div>
    </nav>
  );
}

function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  const { t } = useTranslation();
  const { path, word, Icon } = place;
  return (
    <li>
      <Link
        href={path}
        className={styles['place'] ?? ''}
        aria-current={isHere ? 'page' : undefined}
      >
        <Icon aria-hidden size={24} stroke={1.75} />
        <span>{t(word)}</span>
        {path === '/sync' && <SyncBadge />}
      </Link>
    </li>
  );
}
