import type { AdminApp } from '../session-app.ts';
import type { CallServer } from './server-line.ts';

/** Each question goes to the server in the name of whoever is signed in now; it alone decides who may ask what. */
export function createAdminService(call: CallServer): AdminApp {
  return {
    people: {
      list: () => call('admin.people.list', {}),
      add: (input) => call('admin.people.add', input),
      update: async (input) => void (await call('admin.people.update', input)),
      setPassword: async (input) => void (await call('admin.people.setPassword', input)),
      disable: async (id) => void (await call('admin.people.disable', { id })),
      enable: async (id) => void (await call('admin.people.enable', { id })),
    },
    devices: {
      list: () => call('admin.devices.list', {}),
      revoke: async (id) => void (await call('admin.devices.revoke', { id })),
    },
    sites: () => call('admin.sites.list', {}),
    refused: (input) => call('admin.refused.list', input),
    quarantine: (input) => call('admin.quarantine.list', input),
    audit: (input) => call('admin.audit.list', input),
    import: (input) => call('admin.import', input),
  };
}
