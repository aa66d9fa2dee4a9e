import type { AdminApp } from '../../main/app/session-app.ts';
import type {
  AdminDevice,
  AdminPerson,
  AdminSite,
  AuditLine,
  QuarantinedOperation,
  RefusedOperation,
} from '../../shared/sync/admin-protocol.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { TallymanError } from '../../shared/errors.ts';
import { fakeId } from './fake-catalogue.ts';
import { fakePersonId } from './fake-rows.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const PEOPLE = 140;
const AUDIT_LINES = 130;
const PEOPLE_KIND = 13;
const DEVICE_KIND = 31;
const LINE_KIND = 32;
const SITES: readonly AdminSite[] = [
  { id: fakeId(3, 0), code: 'NORTH', name: 'North Hall', people: 96, rows: 48_211, version: 9_310 },
  {
    id: fakeId(3, 1),
    code: 'HARBOUR',
    name: 'Harbour Depot',
    people: 44,
    rows: 9_870,
    version: 402,
  },
];
const ROLES: readonly Role[] = ['picker', 'counter', 'picker', 'supervisor'];
const MARA = { id: fakePersonId(0), name: 'Mara Lind' };

/** The real contract of `admin` in memory. Everything is refused while `reach` throws. */
export function createFakeAdmin({
  now,
  calls,
  reach,
}: {
  now: () => number;
  calls: string[];
  reach: () => void;
}): AdminApp {
  let people: readonly AdminPerson[] = startingPeople(now());
  let devices: readonly AdminDevice[] = startingDevices(now());
  const asked = async <T>(answer: () => T): Promise<T> => {
    reach();
    return answer();
  };
  const change = (id: string, patch: Partial<AdminPerson>): void => {
    if (!people.some((one) => one.id === id))
      throw new TallymanError('NOT_FOUND', 'No such person.');
    people = people.map((one) => (one.id === id ? { ...one, ...patch } : one));
  };
  const sitesOf = (ids: readonly string[], role: Role): AdminPerson['sites'] =>
    SITES.filter(({ id }) => ids.includes(id)).map(({ id, code }) => ({ id, code, role }));
  return {
    people: {
      list: () => asked(() => people),
      add: ({ name, login, role, sites }) =>
        asked(() => {
          calls.push(`add ${login} ${role}`);
          if (people.some((one) => one.login === login)) {
            throw new TallymanError('CONFLICT', 'That sign-in name is taken.');
          }
          const id = fakeId(PEOPLE_KIND, people.length + 1);
          const added = { id, name, login, role, disabled: false, lastSeen: null };
          people = [{ ...added, sites: sitesOf(sites, role) }, ...people];
          return { id };
        }),
      update: ({ id, role, sites }) =>
        asked(() => {
          calls.push(`update ${id} ${role} ${sites.length}`);
          change(id, { role, sites: sitesOf(sites, role) });
        }),
      setPassword: ({ id }) => asked(() => void calls.push(`setPassword ${id}`)),
      disable: (id) =>
        asked(() => {
          calls.push(`disable ${id}`);
          change(id, { disabled: true });
        }),
      enable: (id) =>
        asked(() => {
          calls.push(`enable ${id}`);
          change(id, { disabled: false });
        }),
    },
    devices: {
      list: () => asked(() => devices),
      revoke: (id) =>
        asked(() => {
          calls.push(`revoke ${id}`);
          devices = devices.map((one) => (one.id === id ? { ...one, revokedAt: now() } : one));
        }),
    },
    sites: () => asked(() => SITES),
    refused: ({ before, limit }) => asked(() => pageOf(refusedLines(now()), before, limit)),
    quarantine: ({ before, limit }) => asked(() => pageOf(quarantined(now()), before, limit)),
    audit: ({ before, limit, find }) =>
      asked(() => {
        const lines = auditLines(now()).filter(({ person, device, action, subject }) => {
          const asks = { person: person?.id, device: device?.id, action, subject };
          return find === null || asks[find.by] === find.value;
        });
        return pageOf(lines, before, limit);
      }),
    import: ({ kind, text, dryRun }) =>
      asked(() => {
        calls.push(`import ${kind} ${dryRun ? 'dry' : 'for good'}`);
        const lines = text.trim().split('\n').length - 1;
        const problems = text.includes('many')
          ? [{ line: 3, reason: 'quantity: "many" is not a whole number' }]
          : [];
        const right = lines - problems.length;
        return {
          lines,
          created: right,
          changed: 0,
          unchanged: 0,
          problems,
          problemCount: problems.length,
        };
      }),
  };
}

function pageOf<T extends { id: string }>(
  all: readonly T[],
  before: string | null,
  limit: number,
): readonly T[] {
  const start = before === null ? 0 : all.findIndex(({ id }) => id === before) + 1;
  return all.slice(start, start + limit);
}

function startingPeople(now: number): AdminPerson[] {
  const names = ['Mara Lind', 'Jonas Weber', 'Ana Prieto'];
  return Array.from({ length: PEOPLE }, (_, at): AdminPerson => {
    const name = names[at] ?? `Worker ${String(at).padStart(3, '0')}`;
    const role = at === 0 ? 'administrator' : (ROLES[at % ROLES.length] ?? 'picker');
    const site = SITES[at % SITES.length];
    return {
      id: fakeId(PEOPLE_KIND, at),
      name,
      login: at % 17 === 5 ? null : name.toLowerCase().replaceAll(' ', '.'),
      role,
      sites: role === 'administrator' || !site ? [] : [{ id: site.id, code: site.code, role }],
      disabled: at % 23 === 7,
      lastSeen: at % 5 === 4 ? null : now - at * 37 * MINUTE,
    };
  });
}

function startingDevices(now: number): AdminDevice[] {
  const health = {
    waiting: 0,
    refused: 0,
    conflicts: 0,
    lastSyncAt: now - 2 * MINUTE,
    lastOutcome: 'complete',
    lastErrorCode: null,
    oldestWaitingAt: null,
    at: now - 2 * MINUTE,
  } as const;
  const shared = { platform: 'win32 x64', appVersion: '0.1.0', enrolledAt: now - 90 * DAY };
  const lively = { ...shared, lastPerson: MARA, revokedAt: null, clearedAt: null, quarantined: 0 };
  return [
    { ...lively, id: fakeId(DEVICE_KIND, 0), name: 'NORTH-01', lastSeen: now - 2 * MINUTE, health },
    {
      ...lively,
      id: fakeId(DEVICE_KIND, 1),
      name: 'NORTH-02',
      lastSeen: now - 35 * MINUTE,
      health: {
        ...health,
        waiting: 42,
        refused: 1,
        conflicts: 3,
        lastOutcome: 'error',
        lastErrorCode: 'SERVER_TIMEOUT',
        oldestWaitingAt: now - 180 * MINUTE,
        at: now - 35 * MINUTE,
      },
    },
    {
      ...lively,
      id: fakeId(DEVICE_KIND, 2),
      name: 'FORKLIFT-7',
      lastSeen: now - 9 * DAY,
      lastPerson: { id: fakePersonId(1), name: 'Jonas Weber' },
      health: { ...health, lastSyncAt: now - 9 * DAY, at: now - 9 * DAY },
    },
    { ...lively, id: fakeId(DEVICE_KIND, 3), name: 'NEW-LAPTOP', lastSeen: now, health: null },
    {
      ...lively,
      id: fakeId(DEVICE_KIND, 4),
      name: 'LOST-3',
      lastSeen: now - 3 * DAY,
      revokedAt: now - 3 * DAY,
      clearedAt: now - 3 * DAY + MINUTE,
      quarantined: 2,
      health,
    },
  ];
}

function refusedLines(now: number): RefusedOperation[] {
  return [1, 2, 3].map((at) => ({
    id: fakeId(LINE_KIND, at),
    at: now - at * 90 * MINUTE,
    operationId: fakeId(LINE_KIND, 500 + at),
    person: MARA,
    device: { id: fakeId(DEVICE_KIND, 1), name: 'NORTH-02' },
    code: at === 1 ? 'FORBIDDEN' : 'ROW_IN_USE',
    message: at === 1 ? 'A picker may not approve a count.' : 'The location still holds goods.',
  }));
}

function quarantined(now: number): QuarantinedOperation[] {
  return [1, 2].map((at) => ({
    id: fakeId(LINE_KIND, 700 + at),
    receivedAt: now - 3 * DAY,
    device: { id: fakeId(DEVICE_KIND, 4), name: 'LOST-3' },
    person: MARA,
    operationId: fakeId(LINE_KIND, 800 + at),
    operation: JSON.stringify({ changes: [{ kind: 'create', entity: 'stock_movement' }] }),
  }));
}

function auditLines(now: number): AuditLine[] {
  const actions = ['auth.signIn', 'sync.push', 'admin.people.add', 'admin.devices.revoke'];
  return Array.from({ length: AUDIT_LINES }, (_, at): AuditLine => ({
    id: fakeId(LINE_KIND, 1_000 + at),
    at: now - at * 11 * MINUTE,
    action: actions[at % actions.length] ?? 'auth.signIn',
    person: at % 7 === 3 ? null : MARA,
    device: { id: fakeId(DEVICE_KIND, 0), name: 'NORTH-01' },
    siteId: null,
    subject: at % 2 === 0 ? null : 'jonas.weber',
    outcome: at % 9 === 4 ? 'SIGN_IN_FAILED' : 'done',
    details: at % 4 === 2 ? { role: 'picker' } : null,
  }));
}
