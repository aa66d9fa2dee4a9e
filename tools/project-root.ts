import { dirname } from 'node:path';

/** Absolute path of the checkout. */
export const projectRoot = dirname(import.meta.dirname);
