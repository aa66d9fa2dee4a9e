import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings, SettingsPatch } from '../../shared/desktop/settings.ts';
import { useTRPC } from '../trpc.ts';

export interface SettingsAccess {
  settings: Settings | undefined;
  /** Applies at once; `onSaved` runs when the app has it. */
  update: (patch: SettingsPatch, onSaved?: () => void) => void;
  saving: boolean;
  error: unknown;
}

export function useSettings(): SettingsAccess {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: settings } = useQuery(trpc.settings.get.queryOptions());
  const mutation = useMutation(
    trpc.settings.update.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(trpc.settings.get.queryKey(), saved),
    }),
  );
  return {
    settings,
    update: (patch, onSaved) => mutation.mutate(patch, { onSuccess: () => onSaved?.() }),
    saving: mutation.isPending,
    error: mutation.error,
  };
}
