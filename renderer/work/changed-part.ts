export interface ChangedPart {
  before: string;
  changed: string;
  after: string;
}

/** What of a text differs from another: everything between the words that both begin and end with. */
export function changedPart(text: string, other: string): ChangedPart {
  const own = wordsOf(text);
  const others = wordsOf(other);
  const shorter = Math.min(own.length, others.length);
  let start = 0;
  while (start < shorter && own[start] === others[start]) start++;
  let end = 0;
  while (end < shorter - start && own.at(-1 - end) === others.at(-1 - end)) end++;
  let last = own.length - end;
  // The space around a word is no part of the change that a person looks for.
  while (start < last && own[start]?.trim() === '') start++;
  while (last > start && own[last - 1]?.trim() === '') last--;
  return {
    before: own.slice(0, start).join(''),
    changed: own.slice(start, last).join(''),
    after: own.slice(last).join(''),
  };
}

/** With the white space between them, so that they join to the text again. */
function wordsOf(text: string): string[] {
  return text.split(/(\s+)/).filter((word) => word !== '');
}
