import {
  IconChartBar,
  IconClipboardCheck,
  IconHistory,
  IconHome,
  IconMapPins,
  IconPackages,
  IconRefreshDot,
  IconSettings,
  IconStack2,
  IconTags,
  IconTransfer,
  IconAdjustments,
  IconShieldCog,
  IconUserCircle,
  IconArrowsExchange,
  IconPackageExport,
  IconPackageImport,
  IconTruckDelivery,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { ENTITY_SCREENS } from '../entities/entity-screens.ts';
import type en from '../i18n/en.json';
import { lazyPart } from './lazy-part.tsx';

/** The groups of the navigation, from its top. */
export const PLACE_GROUPS = ['work', 'goods', 'app'] as const;
type PlaceGroup = (typeof PLACE_GROUPS)[number];

type PlaceWord =
  | `nav.${Exclude<keyof typeof en.nav, 'needsYou_one' | 'needsYou_other' | 'waiting_one' | 'waiting_other' | 'group'>}`
  | `records.entity.${keyof typeof en.records.entity}`;

export interface Place {
  /** Addresses below it, as `/counts/…` below `/counts`, belong to the place too, and its screen draws them. */
  path: string;
  /** The translated name, the same in the navigation, the command palette and the cheat sheet. */
  word: PlaceWord;
  Icon: TablerIcon;
  group: PlaceGroup;
  /** The letter that goes there after `g`. Each letter once. */
  goKey?: string | undefined;
  /** A large tile of home leads there: for what people start many times a day. */
  isOnHome?: boolean | undefined;
  /** Only for them: where nobody has to sign in, for whoever is signed in, or for administrators. For all, if not given. */
  shownTo?: 'open' | 'signedIn' | 'administrator' | undefined;
  /** null: home itself, which is part of the first chunk and answers for every unknown address. */
  Screen: ComponentType | null;
}

/**
 * The one table of places. The navigation, the routes, the command palette, the keys after `g`, the cheat sheet and the
 * tiles of home are all drawn from it, so a new screen is one line here: the path, the word (a key of `nav` in all four
 * languages), the icon, the group, and the lazy screen, whose module exports it as default.
 */
const OWN_PLACES: readonly Place[] = [
  { path: '/', word: 'nav.home', Icon: IconHome, group: 'work', goKey: 'h', Screen: null },
  {
    path: '/receive',
    word: 'nav.receive',
    Icon: IconPackageImport,
    group: 'work',
    goKey: 'r',
    isOnHome: true,
    Screen: lazyPart(() => import('../goods/receive-screen.tsx')),
  },
  {
    path: '/move',
    word: 'nav.move',
    Icon: IconArrowsExchange,
    group: 'work',
    goKey: 'v',
    isOnHome: true,
    Screen: lazyPart(() => import('../goods/move-screen.tsx')),
  },
  {
    path: '/issue',
    word: 'nav.issue',
    Icon: IconPackageExport,
    group: 'work',
    goKey: 'i',
    isOnHome: true,
    Screen: lazyPart(() => import('../goods/issue-screen.tsx')),
  },
  {
    path: '/adjust',
    word: 'nav.adjust',
    Icon: IconAdjustments,
    group: 'work',
    goKey: 'j',
    Screen: lazyPart(() => import('../goods/adjust-screen.tsx')),
  },
  {
    path: '/deliveries',
    word: 'nav.deliveries',
    Icon: IconTruckDelivery,
    group: 'work',
    goKey: 'd',
    isOnHome: true,
    Screen: lazyPart(() => import('../deliveries/deliveries-screen.tsx')),
  },
  {
    path: '/counts',
    word: 'nav.counts',
    Icon: IconClipboardCheck,
    group: 'work',
    goKey: 'n',
    isOnHome: true,
    Screen: lazyPart(() => import('../counts/counts-screen.tsx')),
  },
  {
    path: '/catalogue',
    word: 'nav.catalogue',
    Icon: IconPackages,
    group: 'goods',
    goKey: 'c',
    isOnHome: true,
    Screen: lazyPart(() => import('../catalogue/catalogue-screen.tsx')),
  },
  {
    path: '/locations',
    word: 'nav.locations',
    Icon: IconMapPins,
    group: 'goods',
    goKey: 'l',
    Screen: lazyPart(() => import('../locations/locations-screen.tsx')),
  },
  {
    path: '/stock',
    word: 'nav.stock',
    Icon: IconStack2,
    group: 'goods',
    goKey: 'k',
    Screen: lazyPart(() => import('../overview/stock-screen.tsx')),
  },
  {
    path: '/movements',
    word: 'nav.movements',
    Icon: IconHistory,
    group: 'goods',
    goKey: 'm',
    Screen: lazyPart(() => import('../overview/movements-screen.tsx')),
  },
  {
    path: '/dashboard',
    word: 'nav.dashboard',
    Icon: IconChartBar,
    group: 'work',
    goKey: 'o',
    Screen: lazyPart(() => import('../overview/dashboard-screen.tsx')),
  },
  {
    path: '/labels',
    word: 'nav.labels',
    Icon: IconTags,
    group: 'goods',
    goKey: 'b',
    Screen: lazyPart(() => import('../labels/labels-screen.tsx')),
  },
  {
    path: '/people',
    word: 'nav.people',
    Icon: IconUser,
    group: 'app',
    goKey: 'p',
    shownTo: 'open',
    Screen: lazyPart(() => import('../people/people-screen.tsx')),
  },
  {
    path: '/account',
    word: 'nav.account',
    Icon: IconUserCircle,
    group: 'app',
    goKey: 'a',
    shownTo: 'signedIn',
    Screen: lazyPart(() => import('../session/account-screen.tsx')),
  },
  {
    path: '/admin',
    word: 'nav.admin',
    Icon: IconShieldCog,
    group: 'app',
    goKey: 'u',
    shownTo: 'administrator',
    Screen: lazyPart(() => import('../admin/admin-screen.tsx')),
  },
  {
    path: '/sync',
    word: 'nav.sync',
    Icon: IconRefreshDot,
    group: 'app',
    goKey: 's',
    Screen: lazyPart(() => import('../sync-screen/sync-screen.tsx')),
  },
  {
    path: '/exchange',
    word: 'nav.exchange',
    Icon: IconTransfer,
    group: 'app',
    goKey: 'x',
    Screen: lazyPart(() => import('../exchange/exchange-screen.tsx')),
  },
  {
    path: '/settings',
    word: 'nav.settings',
    Icon: IconSettings,
    group: 'app',
    goKey: 'e',
    Screen: lazyPart(() => import('../settings/settings-screen.tsx')),
  },
];

/** Places in the order of the navigation. Entities that `npm run accelerate` added come after our own of their group. */
export const PLACES: readonly Place[] = PLACE_GROUPS.flatMap((group) =>
  [
    ...OWN_PLACES,
    ...ENTITY_SCREENS.map(({ path, entity, Icon, Screen }): Place => ({
      path,
      word: `records.entity.${entity}`,
      Icon,
      group: 'work',
      Screen,
    })),
  ].filter((place) => place.group === group),
);

/** Screens of one thing, which belong to a place without being below its address. */
const DETAIL_SCREENS: readonly { path: string; placePath: string }[] = [
  { path: '/product', placePath: '/catalogue' },
];

const isBelow = (location: string, path: string): boolean =>
  location === path || location.startsWith(`${path}/`);

/** The path of the place that an address belongs to. */
export function placePathOf(location: string): string {
  const detail = DETAIL_SCREENS.find(({ path }) => isBelow(location, path));
  if (detail) return detail.placePath;
  return PLACES.find(({ path }) => path !== '/' && isBelow(location, path))?.path ?? '/';
}
