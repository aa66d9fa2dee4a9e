export interface AppInfo {
  version: string;
  shell: 'electron' | 'browser' | 'headless';
  platform: string;
  sqliteVersion: string;
  dataFolder: string;
  deviceId: string;
  /** Whether what signs people in is kept encrypted by the operating system. */
  areSecretsEncrypted: boolean;
}
