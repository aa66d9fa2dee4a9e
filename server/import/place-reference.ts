import { location } from '../../shared/entities/location.ts';
import { must } from '../../shared/domain/assert.ts';
import type { LineFields } from './line-fields.ts';

export const PLACE_CODE_MAX = must(location.schema.shape.code.maxLength, 'length limit');

/** A location as a file names it. Without a site the code has to be the only one of its kind. */
export interface PlaceReference {
  site: string | null;
  code: string;
}

/** From the columns `location` and `site`; null if the location is empty. */
export function readPlace(values: LineFields): PlaceReference | null {
  const code = values.text('location', { max: PLACE_CODE_MAX * 2 + 1 });
  const site = values.text('site', { max: PLACE_CODE_MAX });
  return code === null ? null : { site, code };
}
