/** What the lines of an imported file are. */
export const IMPORT_KINDS = ['products', 'locations', 'stock'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
