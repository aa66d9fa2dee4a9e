import { z } from 'zod';

/** Short, and safe in addresses, folder names and names of database schemas. */
export const organisationField = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'The code of an organisation is a–z, 0–9 and -, from a letter on, at most 31.',
  )
  .brand('OrganisationCode');
export type OrganisationCode = z.output<typeof organisationField>;

/** Where an organisation is served, after the server's own address; the first one at the root. */
export function organisationPath(code: string | null): string {
  return code === null ? '' : `/o/${code}`;
}
