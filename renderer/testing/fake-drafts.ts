import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { Draft } from '../../shared/desktop/drafts.ts';

/** Drafts in memory. */
export function createFakeDrafts(now: () => number): DesktopApp['drafts'] {
  const drafts = new Map<string, Draft>();
  return {
    put: async ({ key, value }) => {
      drafts.set(key, { value, updatedAt: now() });
    },
    get: async (key) => drafts.get(key) ?? null,
    remove: async (key) => {
      drafts.delete(key);
    },
  };
}
