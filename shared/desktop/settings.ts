import { z } from 'zod';

/**
 * OfflineDataSyncConfiguration with the names and defaults of the OutSystems model, then what we add to it.
 * Our `npm start` demo and first-run screen switch the automatic ones on.
 */
export const offlineDataSyncConfigurationField = z.strictObject({
  syncOnOnline: z.boolean().default(false),
  syncOnLogin: z.boolean().default(false),
  syncOnResume: z.boolean().default(false),
  retryOnError: z.boolean().default(false),
  /** 0 switches the retry off. */
  retryIntervalInSeconds: z.int().min(0).max(86_400).default(30),
  syncOnStart: z.boolean().default(true),
  /** 0 switches the timer off. */
  intervalSeconds: z.int().min(0).max(86_400).default(300),
});
export type OfflineDataSyncConfiguration = z.output<typeof offlineDataSyncConfigurationField>;

export const LANGUAGES = ['en', 'de', 'es', 'ru'] as const;

/** An origin without path, query or credentials. */
export const serverUrlField = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => {
    const url = new URL(text);
    return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  }, 'Give only the address, for example https://tallyman.example.com');

export const settingsField = z.strictObject({
  serverUrl: serverUrlField.nullable().default(null),
  /** Codes of the sites this laptop works at; null follows every site it may see. */
  siteCodes: z.array(z.string().min(1).max(64)).max(32).nullable().default(null),
  /** `system` follows the operating system. */
  language: z.enum(['system', ...LANGUAGES]).default('system'),
  colorScheme: z.enum(['system', 'light', 'dark']).default('system'),
  sync: offlineDataSyncConfigurationField.prefault({}),
});
export type Settings = z.output<typeof settingsField>;

/** A change of some settings; `sync` may itself be partial. */
export const settingsPatchField = settingsField
  .omit({ sync: true })
  .partial()
  .extend({ sync: offlineDataSyncConfigurationField.partial().optional() })
  .strict();
export type SettingsPatch = z.output<typeof settingsPatchField>;
