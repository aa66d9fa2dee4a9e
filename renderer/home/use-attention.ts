import { useCountAttention } from '../counts/use-count-attention.ts';
import { useNobody } from '../people/use-nobody.ts';
import { useExpiring, useLowStock } from '../overview/use-stock-attention.ts';
import type { AttentionItem } from './attention.ts';
import { useOldWork } from './use-old-work.ts';
import { useConflictsToDecide, useRefusedWork, useSyncFailure } from './use-sync-attention.ts';

/** All that waits for a person. A new kind is one more source (`AttentionSource`), called here. */
export function useAttention(): readonly AttentionItem[] {
  return [
    ...useConflictsToDecide(),
    ...useRefusedWork(),
    ...useSyncFailure(),
    ...useOldWork(),
    ...useNobody(),
    ...useCountAttention(),
    ...useLowStock(),
    ...useExpiring(),
  ];
}
