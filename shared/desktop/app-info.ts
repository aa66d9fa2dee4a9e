export interface AppInfo {
  version: string;
  shell: 'electron' | 'browser' | 'headless';
  platform: string;
  sqliteVersion: string;
  dataFolder: string;
  deviceId: string;
}
