import electron from 'electron';
import { argumentsOf, claimInstance } from './claim-instance.ts';

const given = argumentsOf(process.argv.slice(1));

// Electron waits for this module before it is ready, so the schemes and the sandbox are still set in time.
if (claimInstance(electron.app, given)) {
  const [{ startElectronShell }, { createApp }, { default: Store }] = await Promise.all([
    import('./start-electron-shell.ts'),
    import('../app/create-app.ts'),
    import('electron-store'),
  ]);
  void startElectronShell({
    electron,
    createApp,
    Store,
    serverUrl: given.server,
    // The bundle stands in out/main of the app folder, packaged or not.
    appFolder: new URL('../../', import.meta.url),
    platform: process.platform,
    uncaught: process,
  });
}
