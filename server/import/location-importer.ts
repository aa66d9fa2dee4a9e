import { location } from '../../shared/entities/location.ts';
import { must } from '../../shared/domain/assert.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { ChangeSet } from './change-set.ts';
import { KeyLedger } from './key-ledger.ts';
import type { LineFields } from './line-fields.ts';
import type { LineImporter, LineOutcome } from './line-importer.ts';
import { NEW_LOCATION, PlaceBook } from './place-book.ts';
import { PLACE_CODE_MAX } from './place-reference.ts';
import { emptyValue, quoted, type Reject } from './reject.ts';

interface LocationLine {
  site: string;
  code: string;
  /** A column that the file does not have is left alone. */
  fields: { name?: string | null; zone?: string | null };
}

const NAME_MAX = must(location.schema.shape.name.unwrap().maxLength, 'length limit');

/** Locations of sites. A site that is not known yet is made. */
export class LocationImporter implements LineImporter<LocationLine> {
  readonly #seen = new KeyLedger();
  readonly #places: PlaceBook;

  constructor(newId: () => string) {
    this.#places = new PlaceBook(newId);
  }

  read(values: LineFields, line: number): LocationLine | Reject {
    const site = values.text('site', { max: PLACE_CODE_MAX });
    const code = values.text('code', { max: PLACE_CODE_MAX });
    const fields: LocationLine['fields'] = {};
    if (values.has('name')) fields.name = values.text('name', { max: NAME_MAX });
    if (values.has('zone')) fields.zone = values.text('zone', { max: PLACE_CODE_MAX });
    if (site === null) values.fail(emptyValue('site'));
    if (code === null) values.fail(emptyValue('code'));
    if (values.reject !== null) return values.reject;
    const read = { site: site ?? '', code: code ?? '', fields };
    const key = `${read.site}\n${read.code}`;
    const first = this.#seen.firstLine(key);
    if (first !== null) {
      return {
        reason: 'duplicate_place',
        sentence: `The location ${quoted(read.code)} of the site ${quoted(read.site)} is already in line ${first}.`,
      };
    }
    this.#seen.claim(key, line);
    return read;
  }

  async load(tx: ChangeTransaction): Promise<void> {
    await this.#places.load(tx);
  }

  async apply(
    tx: ChangeTransaction,
    lines: readonly LocationLine[],
  ): Promise<readonly LineOutcome[]> {
    const changes = new ChangeSet();
    const outcomes = lines.map((line) => this.#applyLine(line, changes));
    await changes.write(tx);
    return outcomes;
  }

  #applyLine({ site: siteCode, code, fields }: LocationLine, changes: ChangeSet): LineOutcome {
    const site = this.#places.siteOfCode(siteCode, changes);
    const known = this.#places.locationIn(site, code);
    if (known === undefined) {
      const made = { ...NEW_LOCATION, ...fields, site_id: site.id, code };
      this.#places.makeLocation(made, changes);
      return 'created';
    }
    const { name = known.name, zone = known.zone } = fields;
    if (name === known.name && zone === known.zone) return 'unchanged';
    this.#places.changeLocation(known, { name, zone }, changes);
    return 'changed';
  }
}
