const INITIALS_MAX = 2;

export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .map((word) => [...word][0] ?? '')
    .slice(0, INITIALS_MAX)
    .join('')
    .toLocaleUpperCase();
}
