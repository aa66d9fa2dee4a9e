import { type OrganisationCode, organisationField } from '../../shared/sync/organisation.ts';
import {
  makeOrganisationFolder,
  organisationExists,
  organisationLocation,
  organisationsAt,
} from './organisation-location.ts';
import { type OpenTenantOptions, openTenant, type Tenant } from './tenant.ts';

/** Each holds a database open and looks after snapshots and photos; more organisations belong onto more servers. */
const TENANTS_MAX = 256;

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
    if (this.#others.size >= TENANTS_MAX) return null;
    if (!(await organisationExists(this.#options, this.first.store.reader, parsed.data)))
      return null;
    return this.#open(parsed.data);
  }

  /** Those who ask at the same time wait for one opening. */
  #open(code: OrganisationCode): Promise<Tenant> {
    const known = this.#others.get(code);
    if (known !== undefined) return known;
    const location = organisationLocation(this.#options, code);
    makeOrganisationFolder(location);
    const opening = openTenant({ ...this.#options, ...location, name: undefined, code });
    this.#others.set(code, opening);
    // One that could not be opened is tried again by the next who asks.
    opening.catch(() => this.#others.delete(code));
    return opening;
  }

  /** Whether it holds for all organisations that there are, those too that nobody has asked for yet. */
  async every(holds: (tenant: Tenant) => Promise<boolean>): Promise<boolean> {
    if (!(await holds(this.first))) return false;
    for (const code of await organisationsAt(this.#options, this.first.store.reader)) {
      const tenant = await this.get(code);
      if (tenant !== null && !(await holds(tenant))) return false;
    }
    return true;
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
