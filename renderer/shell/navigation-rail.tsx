import { VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useSettings } from '../settings/use-settings.ts';
import { PLACE_GROUPS, type Place, placePathOf } from './places.ts';
import { SyncBadge } from './sync-badge.tsx';
import { TallyMark } from './tally-mark.tsx';
import { usePlaces } from './use-places.ts';
import styles from './shell.module.css';

/** All places, in groups. They scroll where they do not fit; names may be hidden to have more room. */
export function NavigationRail() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const here = placePathOf(location);
  const places = usePlaces();
  return (
    <nav className={styles['rail']} aria-label={t('nav.label')}>
      <TallyMark />
      <div className={styles['places']}>
        {PLACE_GROUPS.map((group) => (
          <ul key={group} className={styles['group']} aria-label={t(`nav.group.${group}`)}>
            {places
              .filter((place) => place.group === group)
              .map((place) => (
                <PlaceLink key={place.path} place={place} isHere={place.path === here} />
              ))}
          </ul>
        ))}
      </div>
      <CollapseButton />
    </nav>
  );
}

function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  const { t } = useTranslation();
  const { path, word, Icon } = place;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isHere]);
  return (
    <li ref={item}>
      <Link
        href={path}
        className={styles['place'] ?? ''}
        aria-current={isHere ? 'page' : undefined}
        title={t(word)}
      >
        <Icon aria-hidden size={24} stroke={1.75} />
        <span className={styles['placeName']}>{t(word)}</span>
        {path === '/sync' && <SyncBadge />}
      </Link>
    </li>
  );
}

function CollapseButton() {
  const { t } = useTranslation();
  const { settings, update } = useSettings();
  const isCollapsed = settings?.isRailCollapsed ?? false;
  const Icon = isCollapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const words = t(isCollapsed ? 'nav.expand' : 'nav.collapse');
  return (
    <button
      type="button"
      className={styles['collapse']}
      title={words}
      onClick={() => update({ isRailCollapsed: !isCollapsed })}
    >
      <Icon aria-hidden size={24} stroke={1.75} />
      <VisuallyHidden>{words}</VisuallyHidden>
    </button>
  );
}
