import { foldText } from '../../shared/domain/fold-text.ts';

/** Names to sign in with are compared as people type them: without case, accents and extra spaces. */
export function foldLogin(login: string): string {
  return foldText(login).trim().replaceAll(/\s+/g, ' ');
}
