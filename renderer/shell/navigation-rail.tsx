import {
  IconMapPins,
  IconPackages,
  IconRefreshDot,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ENTITY_SCREENS } from '../entities/entity-screens.ts';
import { SyncBadge } from './sync-badge.tsx';
import { TallyMark } from './tally-mark.tsx';
import styles from './shell.module.css';

type PlaceName = 'catalogue' | 'locations' | 'sync' | 'settings';
type Place = readonly [path: string, name: PlaceName, Icon: TablerIcon];

const GOODS: readonly Place[] = [
  ['/', 'catalogue', IconPackages],
  ['/locations', 'locations', IconMapPins],
];
const APP: readonly Place[] = [
  ['/sync', 'sync', IconRefreshDot],
  ['/settings', 'settings', IconSettings],
];

export function NavigationRail() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const isAt = (path: string): boolean =>
    path === '/'
      ? location === '/' || location.startsWith('/product/')
      : location === path || location.startsWith(`${path}/`);
  const named = ([path, name, Icon]: Place): readonly [string, string, TablerIcon] => [
    path,
    t(`nav.${name}`),
    Icon,
  ];
  const places: readonly (readonly [string, string, TablerIcon])[] = [
    ...GOODS.map(named),
    ...ENTITY_SCREENS.map(
      ({ path, entity, Icon }) => [path, t(`records.entity.${entity}`), Icon] as const,
    ),
    ...APP.map(named),
  ];
  return (
    <nav className={styles['rail']} aria-label={t('nav.label')}>
      <TallyMark />
      {places.map(([path, label, Icon]) => (
        <Link
          key={path}
          href={path}
          className={styles['place'] ?? ''}
          aria-current={isAt(path) ? 'page' : undefined}
        >
          <Icon aria-hidden size={24} stroke={1.75} />
          <span>{label}</span>
          {path === '/sync' && <SyncBadge />}
        </Link>
      ))}
    </nav>
  );
}
