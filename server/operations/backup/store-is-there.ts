import { TallymanError } from '../../../shared/errors.ts';

/** `where` is a folder or the name of a schema. */
export function storeIsThere(where: string): TallymanError {
  return new TallymanError(
    'BAD_INPUT',
    `There is a store in ${where} already. Restore into an empty one, or say --replace; what is there is then kept under another name.`,
    { details: { where } },
  );
}
