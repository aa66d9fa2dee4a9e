import { TallymanError } from '../../shared/errors.ts';

/** A page with what lies between `<!-- bench:name -->` and `<!-- /bench:name -->` written anew; the rest belongs to people. */
export function betweenMarkers(page: string, name: string, text: string): string {
  const start = `<!-- bench:${name} -->`;
  const end = `<!-- /bench:${name} -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from === -1 || to < from) {
    throw new TallymanError(
      'BAD_INPUT',
      `The page has no place for the ${name}. Put the lines ${start} and ${end} where they belong.`,
    );
  }
  return `${page.slice(0, from + start.length)}\n\n${text.trim()}\n\n${page.slice(to)}`;
}
