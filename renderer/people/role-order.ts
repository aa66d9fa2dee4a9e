import type { Role } from '../../shared/sync/auth-protocol.ts';

/** Each may do all that those before it may. Here and not from the entity, whose checks the first screen does without. */
export const ROLE_ORDER: Readonly<Record<Role, number>> = {
  picker: 0,
  counter: 1,
  supervisor: 2,
  administrator: 3,
};
