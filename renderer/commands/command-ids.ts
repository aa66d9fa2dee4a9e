/** What `/` does: each screen with a search field of its own brings a command under this id. */
export const SEARCH_COMMAND = 'search';
export const SEARCH_KEYS = '[Shift]+/';

export const PALETTE_COMMAND = 'palette';
