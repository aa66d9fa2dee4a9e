import type { SessionState } from '../../shared/desktop/session-views.ts';
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
} from '../../shared/sync/admin-protocol.ts';
import type { ChangePasswordInput } from '../../shared/sync/auth-protocol.ts';

/** Who uses this laptop. What changes it resolves with the state that it led to. */
export interface SessionApp {
  state: () => Promise<SessionState>;
  /** Whether people's data may be shown and changed now. */
  isUsable: () => boolean;
  /** Whether the laptop is still without anybody who could be kept out: its server may be set. */
  isNew: () => boolean;
  subscribe: (listener: (state: SessionState) => void) => () => void;
  /** Throws SIGN_IN_FAILED, TOO_MANY_REQUESTS, DEVICE_REVOKED, or why the server could not be asked. */
  signIn: (input: { login: string; password: string }) => Promise<SessionState>;
  /** Throws WRONG_PIN, TOO_MANY_REQUESTS, LEASE_ENDED, or SESSION_ENDED if only a password helps. */
  unlock: (input: { personId: string; pin: string }) => Promise<SessionState>;
  lock: (reason: 'idle' | 'asked') => Promise<SessionState>;
  setPin: (pin: string) => Promise<SessionState>;
  removePin: () => Promise<SessionState>;
  signOut: (personId: string) => Promise<SessionState>;
  changePassword: (input: ChangePasswordInput) => Promise<SessionState>;
  touch: () => void;
}

/** What administrators may ask of the server. Needs it to be there; throws FORBIDDEN for all others. */
export interface AdminApp {
  people: {
    list: () => Promise<readonly AdminPerson[]>;
    /** Resolves with the new person's id. */
    add: (input: AddPersonInput) => Promise<{ id: string }>;
    update: (input: UpdatePersonInput) => Promise<void>;
    setPassword: (input: SetPasswordInput) => Promise<void>;
    disable: (id: string) => Promise<void>;
    enable: (id: string) => Promise<void>;
  };
  devices: {
    list: () => Promise<readonly AdminDevice[]>;
    revoke: (id: string) => Promise<void>;
  };
  sites: () => Promise<readonly AdminSite[]>;
  refused: (input: AdminPageInput) => Promise<readonly RefusedOperation[]>;
  quarantine: (input: AdminPageInput) => Promise<readonly QuarantinedOperation[]>;
  audit: (input: AuditPageInput) => Promise<readonly AuditLine[]>;
  import: (input: AdminImportInput) => Promise<AdminImportOutput>;
}
