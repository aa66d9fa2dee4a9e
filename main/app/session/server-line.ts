import type {
  AddPersonInput,
  AdminDevice,
  AdminImportInput,
  AdminImportOutput,
  AdminPageInput,
  AdminPerson,
  AdminSite,
  AuditLine,
  AuditPageInput,
  QuarantinedOperation,
  RefusedOperation,
  SetPasswordInput,
  UpdatePersonInput,
} from '../../../shared/sync/admin-protocol.ts';
import type {
  ChangePasswordInput,
  DeviceHealth,
  DeviceIntroduction,
  QuarantineInput,
  QuarantineOutput,
  RefreshInput,
  SignedIn,
  SignInInput,
} from '../../../shared/sync/auth-protocol.ts';
import type { ServerCall } from '../../data/session-contract.ts';

type Nothing = Readonly<Record<string, never>>;

/** Procedures of the server that are called outside of the sync: what they take and give. */
export interface ServerProcedures {
  'auth.signIn': { input: SignInInput; output: SignedIn };
  'auth.refresh': { input: RefreshInput; output: SignedIn };
  'auth.signOut': { input: { refreshToken: string }; output: Nothing };
  'auth.changePassword': { input: ChangePasswordInput; output: Nothing };
  'auth.report': {
    input: { device: DeviceIntroduction; health: DeviceHealth };
    output: Nothing;
  };
  'auth.quarantine': { input: QuarantineInput; output: QuarantineOutput };
  'admin.people.list': { input: Nothing; output: readonly AdminPerson[] };
  'admin.people.add': { input: AddPersonInput; output: { id: string } };
  'admin.people.update': { input: UpdatePersonInput; output: Nothing };
  'admin.people.setPassword': { input: SetPasswordInput; output: Nothing };
  'admin.people.disable': { input: { id: string }; output: Nothing };
  'admin.people.enable': { input: { id: string }; output: Nothing };
  'admin.devices.list': { input: Nothing; output: readonly AdminDevice[] };
  'admin.devices.revoke': { input: { id: string }; output: Nothing };
  'admin.sites.list': { input: Nothing; output: readonly AdminSite[] };
  'admin.refused.list': { input: AdminPageInput; output: readonly RefusedOperation[] };
  'admin.quarantine.list': { input: AdminPageInput; output: readonly QuarantinedOperation[] };
  'admin.audit.list': { input: AuditPageInput; output: readonly AuditLine[] };
  'admin.import': { input: AdminImportInput; output: AdminImportOutput };
}
export type ServerPath = keyof ServerProcedures;

const QUERIES: ReadonlySet<ServerPath> = new Set([
  'admin.people.list',
  'admin.devices.list',
  'admin.sites.list',
  'admin.refused.list',
  'admin.quarantine.list',
  'admin.audit.list',
]);

export type CallServer = <TPath extends ServerPath>(
  path: TPath,
  input: ServerProcedures[TPath]['input'],
  token?: string,
) => Promise<ServerProcedures[TPath]['output']>;

/** Calls the server at an address through the data worker, the only thread that talks to it. */
export function serverLine(url: string, send: (call: ServerCall) => Promise<unknown>): CallServer {
  return (path, input, token) =>
    send({
      url,
      path,
      input,
      token: token ?? null,
      kind: QUERIES.has(path) ? 'query' : 'mutation',
      // The server's own types promise the shape, as they do for the sync.
    }) as Promise<never>;
}
