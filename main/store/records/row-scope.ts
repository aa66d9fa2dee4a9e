import type { EntityDefinition, StoredRow } from '../../../shared/entities/define-entity.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';

/** The scope that a row belongs to. */
export function scopeOf(entity: EntityDefinition, row: StoredRow): Scope {
  return entity.scope === 'catalogue' ? CATALOGUE_SCOPE : siteScope(String(row['site_id']));
}
