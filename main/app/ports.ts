import type { Settings } from '../../shared/desktop/settings.ts';

/** What a shell gives to the app. Each shell has its own; tests have fakes. */
export interface AppPorts {
  /** Milliseconds since the epoch, UTC. */
  now: () => number;
  paths: PathsPort;
  settings: SettingsPort;
  secrets: SecretsPort;
  power: PowerPort;
  link: LinkPort;
  shell: 'electron' | 'browser' | 'headless';
  appVersion: string;
  /** As administrators know this laptop. */
  deviceName: string;
  /** Whether syncs start by themselves and interrupted ones go on at start. Off for single headless commands. */
  automatic: boolean;
  /** Told of failures that no caller waits for. Goes to the shell's log. */
  onError: (error: unknown) => void;
}

export interface PathsPort {
  /** Holds `work.db` and `replica/`. Absolute; made by the shell. */
  dataFolder: string;
  /** The bundled or source entry of each worker: a file path or URL that `new Worker` takes. */
  dataWorkerEntry: URL;
  readerWorkerEntry: URL;
  replicaFinisherEntry: URL;
}

/** Durable settings: electron-store in Electron, conf elsewhere. */
export interface SettingsPort {
  read: () => Settings;
  write: (settings: Settings) => void;
}

/**
 * What must never be in settings, logs or diagnostics: the tokens and PINs of those who sign in. A write is whole and on
 * the disk when it resolves, or it has not happened.
 */
export interface SecretsPort {
  /** Null if there is none. Throws STORE_DAMAGED for one that cannot be read any more. */
  read: (key: string) => Promise<string | null>;
  write: (key: string, value: string | null) => Promise<void>;
  /** Whether the operating system keeps the key; else only the rights on the file protect it. */
  isEncrypted: boolean;
}

/** Sleep and wake of the machine. */
export interface PowerPort {
  /** Calls back when the screen is locked or the machine goes to sleep, where the system tells. Returns the way to stop. */
  onLock: (listener: () => void) => () => void;
  /** Calls back after wake and unlock. Returns the way to stop. */
  onResume: (listener: () => void) => () => void;
}

/** The operating system's own view of the link. `false` is strong, `true` proves nothing. */
export interface LinkPort {
  hasLink: () => boolean;
  /** Calls back when the operating system notices a change, if it tells. Returns the way to stop. */
  onChange: (listener: () => void) => () => void;
}
