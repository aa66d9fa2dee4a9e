/** What a list asks for at once. */
export const PAGE_ROWS = 50;
export const BROWSED_PAGES = 200;
