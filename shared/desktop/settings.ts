import { z } from 'zod';
import { AUTO_LOCK_MINUTES } from './session-views.ts';
import { DEFAULT_SCANNER, scannerProfileField } from '../scan/scanner-profile.ts';

/** OfflineDataSyncConfiguration: the names of the OutSystems model, then what we add to it. */
const syncShape = {
  syncOnOnline: z.boolean(),
  syncOnLogin: z.boolean(),
  syncOnResume: z.boolean(),
  retryOnError: z.boolean(),
  /** 0 switches the retry off. */
  retryIntervalInSeconds: z.int().min(0).max(86_400),
  /** Attempts after the first; then the unit waits for the next trigger. 0 tries on for ever. */
  maxRetries: z.int().min(0).max(1_000),
  /** Each wait is this many times the one before. 1 keeps it constant. */
  backoffFactor: z.number().min(1).max(10),
  maxBackoffSeconds: z.int().min(1).max(86_400),
  syncOnStart: z.boolean(),
  /** While the server can be heard, its news are followed at once. */
  syncOnPoke: z.boolean(),
  /** 0 switches the timer off. */
  intervalSeconds: z.int().min(0).max(86_400),
};
export const offlineDataSyncConfigurationField = z.strictObject(syncShape);
export type OfflineDataSyncConfiguration = z.output<typeof offlineDataSyncConfigurationField>;

export const LANGUAGES = ['en', 'de', 'es', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Scheme, host and optional port and path: no credentials, query or fragment. */
export const serverUrlField = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, 'BAD_SERVER_URL')
  .transform((url) => url.replace(/\/+$/, ''));

/** How a scan and other results make themselves noticed. Words and icons say the same, always. */
const feedbackField = z.strictObject({
  sound: z.boolean(),
  /** In per cent. */
  volume: z.int().min(0).max(100),
  /** The whole window takes the colour of a scan's result for a moment. */
  flash: z.boolean(),
});

const settingsShape = {
  serverUrl: serverUrlField.nullable(),
  /** Codes of the sites this laptop works at; null follows every site it may see. */
  siteCodes: z.array(z.string().min(1).max(64)).max(32).nullable(),
  /** `system` follows the operating system. */
  language: z.enum(['system', ...LANGUAGES]),
  colorScheme: z.enum(['system', 'light', 'dark']),
  /** Larger targets and text, for gloves. */
  touchMode: z.boolean(),
  /** Keys that act by themselves, as `?`. Dictation and shaking hands press such keys unasked (WCAG 2.1.4). */
  singleKeyShortcuts: z.boolean(),
  /** The navigation shows icons only. */
  isRailCollapsed: z.boolean(),
  /** Without a key, click or scan for so long the laptop locks; null for never. Only where people sign in. */
  autoLockMinutes: z.literal(AUTO_LOCK_MINUTES).nullable(),
  /** Who works here now; null until somebody said so. Whoever is signed in, where people sign in. */
  personId: z.uuid().nullable(),
};

/** Settings that are made of several, which may be changed one by one. */
const groups = {
  sync: offlineDataSyncConfigurationField,
  scanner: scannerProfileField,
  feedback: feedbackField,
};

export const settingsField = z.strictObject({
  ...settingsShape,
  ...groups,
});
export type Settings = z.output<typeof settingsField>;

/** The model's own defaults for its five variables; ours keep a laptop fresh by themselves. */
export const DEFAULT_SETTINGS: Settings = {
  serverUrl: null,
  siteCodes: null,
  language: 'system',
  colorScheme: 'system',
  touchMode: false,
  singleKeyShortcuts: true,
  isRailCollapsed: false,
  autoLockMinutes: 5,
  personId: null,
  scanner: DEFAULT_SCANNER,
  feedback: { sound: true, volume: 60, flash: true },
  sync: {
    syncOnOnline: false,
    syncOnLogin: false,
    syncOnResume: false,
    retryOnError: false,
    retryIntervalInSeconds: 30,
    maxRetries: 0,
    backoffFactor: 2,
    maxBackoffSeconds: 900,
    syncOnStart: true,
    syncOnPoke: true,
    intervalSeconds: 300,
  },
};

/** A change of some settings; groups may themselves be partial. Absent keys stay as they are. */
export const settingsPatchField = z.strictObject({
  ...z.strictObject(settingsShape).partial().shape,
  sync: groups.sync.partial().optional(),
  scanner: groups.scanner.partial().optional(),
  feedback: groups.feedback.partial().optional(),
});
export type SettingsPatch = z.output<typeof settingsPatchField>;

/** What the settings are after a change; a file of an earlier version is a change of the defaults. */
export function patchSettings(settings: Settings, patch: SettingsPatch): Settings {
  return {
    ...settings,
    ...withoutAbsent(patch),
    sync: { ...settings.sync, ...withoutAbsent(patch.sync ?? {}) },
    scanner: { ...settings.scanner, ...withoutAbsent(patch.scanner ?? {}) },
    feedback: { ...settings.feedback, ...withoutAbsent(patch.feedback ?? {}) },
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(patch: T): Present<T> {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
