import { IconTable, type TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { EntityName } from '../../shared/entities/registry.ts';
import type en from '../i18n/en.json';
import { lazyPart } from '../shell/lazy-part.tsx';

interface EntityScreenSource {
  /** One whose name is translated. */
  entity: EntityName & keyof typeof en.records.entity;
  load: () => Promise<{ default: ComponentType }>;
}

/**
 * Screens that show one entity, in the order of the navigation, which draws a place for each. `npm run accelerate` appends
 * to this list.
 */
const SOURCES: readonly EntityScreenSource[] = [];

interface EntityScreen {
  entity: EntityScreenSource['entity'];
  path: string;
  Icon: TablerIcon;
  Screen: ComponentType;
}

export const ENTITY_SCREENS: readonly EntityScreen[] = SOURCES.map(({ entity, load }) => ({
  entity,
  path: `/entity/${entity}`,
  Icon: IconTable,
  Screen: lazyPart(load),
}));
