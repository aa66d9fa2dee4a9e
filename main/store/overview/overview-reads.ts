import type {
  Dashboard,
  DashboardInput,
  ExpiringGoods,
  ExpiringInput,
  MovementHistory,
  MovementHistoryInput,
  PlaceGoods,
  PlacesInput,
  PlacesPage,
  ZoneView,
} from '../../../shared/desktop/overview-views.ts';
import type { Read } from '../local-reads.ts';
import { dashboard } from './dashboard.ts';
import { expiringGoods } from './expiring-goods.ts';
import { movementHistory } from './movement-history.ts';
import { placeGoods } from './place-goods.ts';
import { placeList, zoneList } from './place-list.ts';

/** What people look at to see how a site is doing. */
export interface OverviewReadMethods {
  movementHistory: (input: MovementHistoryInput, signal: AbortSignal) => Promise<MovementHistory>;
  zones: (siteId: string, signal: AbortSignal) => Promise<readonly ZoneView[]>;
  places: (input: PlacesInput, signal: AbortSignal) => Promise<PlacesPage>;
  goodsAt: (locationId: string) => Promise<readonly PlaceGoods[]>;
  expiring: (input: ExpiringInput) => Promise<readonly ExpiringGoods[]>;
  dashboard: (input: DashboardInput, signal: AbortSignal) => Promise<Dashboard>;
}

export function overviewReads(read: Read): OverviewReadMethods {
  return {
    movementHistory: (input, signal) =>
      read<MovementHistory>({ items: [], nextCursor: null }, (reader) =>
        movementHistory(reader, input, signal),
      ),
    zones: (siteId, signal) =>
      read<readonly ZoneView[]>([], (reader) => zoneList(reader, siteId, signal)),
    places: (input, signal) =>
      read<PlacesPage>({ items: [], total: 0 }, (reader) => placeList(reader, input, signal)),
    goodsAt: (locationId) =>
      read<readonly PlaceGoods[]>([], (reader) => placeGoods(reader, locationId)),
    expiring: (input) =>
      read<readonly ExpiringGoods[]>([], (reader) => expiringGoods(reader, input)),
    dashboard: (input, signal) =>
      read<Dashboard>({ days: [], counts: [], isWhole: true }, (reader) =>
        dashboard(reader, input, signal),
      ),
  };
}
