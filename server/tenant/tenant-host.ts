import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type OrganisationCode, organisationField } from '../../shared/sync/organisation.ts';
import { DATABASE_FILE } from '../store/open-store.ts';
import { type OpenTenantOptions, openTenant, type Tenant } from './tenant.ts';

/** Each holds a database open and looks after snapshots and photos; more organisations belong onto more servers. */
const TENANTS_MAX = 256;

const ORGANISATIONS_FOLDER = 'organisations';

export type TenantHostOptions = Omit<OpenTenantOptions, 'code'>;

/** The organisations of this process. The first one is opened at once, others when somebody asks for them. */
export class TenantHost {
  readonly first: Tenant;
  readonly #options: TenantHostOptions;
  readonly #others = new Map<OrganisationCode, Promise<Tenant>>();

  private constructor(first: Tenant, options: TenantHostOptions) {
    this.first = first;
    this.#options = options;
  }

  static async open(options: TenantHostOptions): Promise<TenantHost> {
    return new TenantHost(await openTenant({ ...options, code: null }), options);
  }

  /** Null if there is no such organisation. `code` comes from an address, so it may be anything. */
  async get(code: string | null): Promise<Tenant | null> {
    if (code === null) return this.first;
    const parsed = organisationField.safeParse(code);
    if (!parsed.success) return null;
    const known = this.#others.get(parsed.data);
    if (known !== undefined) return known;
    const dataDir = organisationFolder(this.#options.dataDir, parsed.data);
    if (!existsSync(join(dataDir, DATABASE_FILE)) || this.#others.size >= TENANTS_MAX) return null;
    const opening = openTenant({ ...this.#options, dataDir, name: undefined, code: parsed.data });
    this.#others.set(parsed.data, opening);
    // One that could not be opened is tried again by the next who asks.
    opening.catch(() => this.#others.delete(parsed.data));
    return opening;
  }

  /** Those in use now. */
  async opened(): Promise<readonly Tenant[]> {
    const others = await Promise.allSettled(this.#others.values());
    return [
      this.first,
      ...others.flatMap((other) => (other.status === 'fulfilled' ? [other.value] : [])),
    ];
  }

  async close(): Promise<void> {
    await Promise.all((await this.opened()).map((tenant) => tenant.close()));
  }
}

export function organisationFolder(dataDir: string, code: OrganisationCode | null): string {
  return code === null ? dataDir : join(dataDir, ORGANISATIONS_FOLDER, code);
}

/** Of a data folder, in the order of their codes; without the first one, which has none. */
export function organisationsIn(dataDir: string): readonly OrganisationCode[] {
  const folder = join(dataDir, ORGANISATIONS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const parsed = organisationField.safeParse(name);
      return parsed.success ? [parsed.data] : [];
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}
