import { type Location, location as locationEntity } from '../../shared/entities/location.ts';
import type { Site } from '../../shared/entities/site.ts';
import { rowFrom } from '../catalogue/row-from.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import type { ChangeSet } from './change-set.ts';
import { detached } from './detached.ts';
import type { PlaceReference } from './place-reference.ts';
import { quoted, type Reject } from './reject.ts';

export type PlaceSearch =
  | { kind: 'found'; location: Location }
  /** `site` is where a location of this code could be made; null if that is open. */
  | { kind: 'unknown'; site: Site | null; code: string }
  | { kind: 'ambiguous' };

/** The site that is made if a file names locations and there is no site at all. */
const FIRST_SITE = { code: 'MAIN', name: 'Main warehouse' };

/** What nobody has said of a location. */
export const NEW_LOCATION = {
  name: null,
  zone: null,
  capacity: null,
  blocked: false,
  note: null,
} satisfies Partial<Location>;

/** Finds sites and locations by their codes, and makes those that are missing. All are in memory. */
export class PlaceBook {
  readonly #newId: () => string;
  readonly #sites = new Map<string, Site>();
  /** By code; several sites may use the same one. */
  readonly #locations = new Map<string, Location[]>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  async load(tx: ChangeTransaction): Promise<void> {
    const sites = await tx.db.selectFrom('site').select(['id', 'code', 'name']).execute();
    for (const site of sites) this.#sites.set(site.code, site);
    const locations = await tx.db.selectFrom('location').selectAll().execute();
    for (const row of locations) this.#enter(rowFrom<Location>(locationEntity, row));
  }

  /** `SITE/CODE` names the site too, unless a location has just that code. */
  find({ site: siteCode, code }: PlaceReference): PlaceSearch {
    const site = siteCode === null ? undefined : this.#sites.get(siteCode);
    if (siteCode !== null && site === undefined) return { kind: 'unknown', site: null, code };
    const [location, another] = this.#among(code, site);
    if (another !== undefined) return { kind: 'ambiguous' };
    if (location !== undefined) return { kind: 'found', location };
    const slash = code.indexOf('/');
    const named =
      site === undefined && slash > 0 ? this.#sites.get(code.slice(0, slash)) : undefined;
    if (named === undefined) return { kind: 'unknown', site: site ?? this.#onlySite(), code };
    return this.find({ site: named.code, code: code.slice(slash + 1) });
  }

  /** As `find`, but makes what is missing if there is no doubt where it belongs. */
  findOrMake(place: PlaceReference, changes: ChangeSet): Location | Reject {
    const search = this.find(place);
    if (search.kind === 'found') return search.location;
    if (search.kind === 'ambiguous') return ambiguous(place);
    const site = search.site ?? this.#siteFor(place.site, changes);
    return site === null
      ? unknownIn(
          place,
          'As there are several sites, write it as SITE/LOCATION or add a column site.',
        )
      : this.makeLocation({ ...NEW_LOCATION, site_id: site.id, code: search.code }, changes);
  }

  siteOfCode(code: string, changes: ChangeSet): Site {
    return this.#sites.get(code) ?? this.#makeSite({ code, name: code }, changes);
  }

  locationIn(site: Site, code: string): Location | undefined {
    return this.#among(code, site)[0];
  }

  makeLocation(fields: Omit<Location, 'id'>, changes: ChangeSet): Location {
    const location = { ...fields, id: this.#newId(), code: detached(fields.code) };
    this.#enter(location);
    changes.insert('location', location);
    return location;
  }

  changeLocation(location: Location, fields: Partial<Location>, changes: ChangeSet): void {
    Object.assign(location, fields);
    changes.update('location', location);
  }

  #among(code: string, site: Site | undefined): readonly Location[] {
    const locations = this.#locations.get(code) ?? [];
    return site === undefined
      ? locations
      : locations.filter((location) => location.site_id === site.id);
  }

  #onlySite(): Site | null {
    const [site, another] = this.#sites.values();
    return site !== undefined && another === undefined ? site : null;
  }

  #siteFor(code: string | null, changes: ChangeSet): Site | null {
    if (code !== null) return this.siteOfCode(code, changes);
    return this.#sites.size === 0 ? this.#makeSite(FIRST_SITE, changes) : null;
  }

  #makeSite({ code, name }: { code: string; name: string }, changes: ChangeSet): Site {
    const site = { id: this.#newId(), code: detached(code), name: detached(name) };
    this.#sites.set(site.code, site);
    changes.insert('site', site);
    return site;
  }

  #enter(location: Location): void {
    const others = this.#locations.get(location.code);
    if (others === undefined) this.#locations.set(location.code, [location]);
    else others.push(location);
  }
}

export function ambiguous(place: PlaceReference): Reject {
  return {
    reason: 'ambiguous_location',
    sentence: `Several sites have a location ${quoted(place.code)}. Write it as SITE/LOCATION or add a column site.`,
  };
}

export function unknownIn(place: PlaceReference, advice: string): Reject {
  const where = place.site === null ? '' : ` in the site ${quoted(place.site)}`;
  return {
    reason: 'unknown_location',
    sentence: `The location ${quoted(place.code)} is not known${where}. ${advice}`,
  };
}
