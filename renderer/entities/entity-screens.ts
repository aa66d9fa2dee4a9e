import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { EntityName } from '../../shared/entities/registry.ts';
import type en from '../i18n/en.json';

export interface EntityScreen {
  /** One whose name is translated. */
  entity: EntityName & keyof typeof en.records.entity;
  Icon: TablerIcon;
  Screen: ComponentType;
}

/**
 * Screens that show one entity, in the order of the navigation, which draws a place for each. `npm run accelerate` appends
 * to this list.
 */
export const ENTITY_SCREENS: readonly EntityScreen[] = [];

export function pathOfEntity(entity: EntityName): string {
  return `/entity/${entity}`;
}
