import type { SiteView } from '../../../shared/desktop/catalogue-views.ts';
import type { ReplicaReader } from './replica-reader.ts';

const SITES = 'SELECT id, code, name FROM site ORDER BY sort_key, local_id';

export function siteList(reader: ReplicaReader): SiteView[] {
  const followed = new Set(reader.sites.map(({ siteId }) => siteId));
  return reader.catalogue
    .all<{ id: string; code: string; name: string }>(SITES)
    .map((site) => ({ ...site, followed: followed.has(site.id) }));
}
