import type { SiteView } from '../../shared/desktop/catalogue-views.ts';
import { codeField } from '../../shared/entities/fields.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { DesktopApp } from '../app/desktop-app.ts';

/** The id of the product that a barcode is of. Throws NOT_FOUND. */
export async function productOfBarcode(
  catalogue: Pick<DesktopApp['catalogue'], 'scan'>,
  barcode: string,
): Promise<string> {
  const found = await catalogue.scan(barcode);
  if (found) return found.product.id;
  throw new TallymanError(
    'NOT_FOUND',
    `No product on this laptop has the barcode ${barcode}. Check it, or sync first.`,
    { details: { barcode } },
  );
}

export interface FoundLocation {
  id: string;
  siteCode: string;
}

export interface LocationHints {
  siteCode?: string | undefined;
  /** Where several sites have such a location, the one that holds the product is meant. */
  productId?: string | undefined;
}

/**
 * The location with a code. A hint is needed only where several sites have one with the same code. Throws NOT_FOUND, UNKNOWN_SITE, or BAD_INPUT naming the sites there are to choose from.
 */
export async function locationOfCode(
  app: Pick<DesktopApp, 'records' | 'catalogue' | 'stock'>,
  code: string,
  { siteCode, productId }: LocationHints,
): Promise<FoundLocation> {
  const found: FoundLocation[] = [];
  for (const site of await sitesToLookIn(app, siteCode)) {
    const { items } = await app.records.list({
      entity: 'location',
      where: { site_id: site.id, code: codeOf(code) },
      cursor: null,
      limit: 1,
    });
    for (const { id } of items) found.push({ id, siteCode: site.code });
  }
  const [location, ...others] = found;
  if (!location) {
    throw new TallymanError(
      'NOT_FOUND',
      `No location on this laptop has the code ${code}. Check it, or sync first.`,
      { details: { code } },
    );
  }
  if (others.length > 0) {
    const holding = productId === undefined ? [] : await locationsHolding(app, productId);
    const meant = found.filter(({ id }) => holding.includes(id));
    if (meant.length === 1 && meant[0]) return meant[0];
    const sites = found.map((each) => each.siteCode).join(', ');
    throw new TallymanError(
      'BAD_INPUT',
      `There is a location ${code} at each of these sites: ${sites}. Say which with --site.`,
      { details: { code, sites } },
    );
  }
  return location;
}

async function locationsHolding(
  { stock }: Pick<DesktopApp, 'stock'>,
  productId: string,
): Promise<string[]> {
  const { locations } = await stock.ofProduct(productId);
  return locations.map(({ locationId }) => locationId);
}

async function sitesToLookIn(
  { catalogue }: Pick<DesktopApp, 'catalogue'>,
  siteCode: string | undefined,
): Promise<SiteView[]> {
  const followed = (await catalogue.sites()).filter((site) => site.followed);
  const sites = followed.filter(({ code }) => siteCode === undefined || siteCode === code);
  if (siteCode !== undefined && sites.length === 0) {
    throw new TallymanError('UNKNOWN_SITE', `This laptop does not follow a site ${siteCode}.`, {
      details: { siteCode },
    });
  }
  return sites;
}

function codeOf(text: string): string {
  const parsed = codeField.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new TallymanError('BAD_INPUT', 'A location code has from 1 to 64 characters.');
}
