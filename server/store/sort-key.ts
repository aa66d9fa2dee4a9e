/** How a name sorts and is looked up: without case and diacritics, whatever the script. */
export function sortKeyOf(name: string): string {
  return name.normalize('NFKD').replace(MARKS, '').toLowerCase().normalize('NFC');
}

const MARKS = /\p{M}+/gu;
