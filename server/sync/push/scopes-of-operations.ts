import { type EntityName, ENTITIES } from '../../../shared/entities/registry.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import type { SentOperation } from './answers.ts';

const KINDS = new Map(ENTITIES.map(({ name, scope }): [EntityName, string] => [name, scope]));

/**
 * The scopes that operations name, so that they are locked at once. Of a row of a site that is edited or removed, only the
 * database knows the site.
 */
export function scopesOfOperations(operations: readonly SentOperation[]): Set<Scope> {
  const scopes = new Set<Scope>();
  for (const operation of operations) {
    if ('parked' in operation) continue;
    for (const change of operation.changes) {
      const kind = KINDS.get(change.entity as EntityName);
      if (kind === 'catalogue') scopes.add(CATALOGUE_SCOPE);
      else if (kind === 'site' && change.kind === 'create') {
        const siteId = change.row['site_id'];
        if (typeof siteId === 'string') scopes.add(siteScope(siteId));
      }
    }
  }
  return scopes;
}
