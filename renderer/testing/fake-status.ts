import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import type { FakeCatalogue } from './fake-catalogue.ts';

const MINUTE = 60_000;
const LOCATIONS = 40;

/** Where sync stands before the first scripted event. */
export function startingStatus(at: number, isEmpty: boolean, catalogue: FakeCatalogue): SyncStatus {
  return {
    state: isEmpty ? 'neverSynced' : 'idle',
    running: null,
    queued: [],
    lastSuccessAt: isEmpty ? null : at - 3 * MINUTE,
    lastResult: null,
    nextAttemptAt: null,
    pending: 0,
    conflicts: 0,
    attention: 0,
    photos: 0,
    scopes: isEmpty ? [] : scopesOf(at, catalogue),
  };
}

function scopesOf(at: number, catalogue: FakeCatalogue): SyncStatus['scopes'] {
  const rows = catalogue.products.length;
  const state = { complete: true, verifiedAt: at - 3 * MINUTE };
  return [
    {
      scope: 'catalogue',
      siteCode: null,
      name: null,
      version: 412,
      rows: { product: rows, barcode: rows * 2, category: 13, brand: 12, site: 2 },
      ...state,
    },
    ...catalogue.sites.map((site) => ({
      scope: `site:${site.id}`,
      siteCode: site.code,
      name: site.name,
      version: 77,
      rows: { location: LOCATIONS, stock_level: rows },
      ...state,
    })),
  ];
}
