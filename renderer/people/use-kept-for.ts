import { useTranslation } from 'react-i18next';
import { useSignedIn } from '../session/use-session.ts';
import { ROLE_ORDER } from './role-order.ts';

/**
 * Why whoever is signed in may not do what takes this role at least, such as planning a count or looking after locations;
 * null if they may. The server judges it in any case: this spares people work that it would refuse.
 */
export function useKeptFor(role: 'counter' | 'supervisor'): string | null {
  const { t } = useTranslation();
  const own = useSignedIn()?.role;
  if (own === undefined || ROLE_ORDER[own] >= ROLE_ORDER[role]) return null;
  return t(`people.keptFor.${role}`);
}
