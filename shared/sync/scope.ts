import { z } from 'zod';
import type { ScopeKind } from '../entities/define-entity.ts';

export const CATALOGUE_SCOPE = 'catalogue';

/** `catalogue` or `site:<uuid>`. */
export const scopeField = z.union([
  z.literal(CATALOGUE_SCOPE),
  z.templateLiteral(['site:', z.uuid()]),
]);
export type Scope = z.output<typeof scopeField>;

export function siteScope(siteId: string): Scope {
  return `site:${siteId}`;
}

export function scopeKindOf(scope: Scope): ScopeKind {
  return scope === CATALOGUE_SCOPE ? 'catalogue' : 'site';
}

/** The site of a scope; null for the catalogue. */
export function siteIdOf(scope: Scope): string | null {
  return scope === CATALOGUE_SCOPE ? null : scope.slice('site:'.length);
}
