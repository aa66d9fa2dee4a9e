/** What our own labels of locations begin with, so that a location is never taken for an article of the same code. */
export const LOCATION_PREFIX = 'LOC:';
