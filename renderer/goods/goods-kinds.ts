import {
  IconAdjustments,
  IconArrowsExchange,
  IconPackageExport,
  IconPackageImport,
  type TablerIcon,
} from '@tabler/icons-react';
import type { MovementKind } from '../../shared/entities/stock-movement.ts';

/** The kinds of work that scan one thing after the other into a tally. */
export type GoodsKind = Exclude<MovementKind, 'adjust'>;

export const GOODS_ICONS: Readonly<Record<MovementKind, TablerIcon>> = {
  receive: IconPackageImport,
  issue: IconPackageExport,
  move: IconArrowsExchange,
  adjust: IconAdjustments,
};
