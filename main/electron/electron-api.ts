import type electron from 'electron';

/**
 * The electron module as a value. `main.ts` alone imports it and hands it on, so that everything else runs under plain
 * Node in tests.
 */
export type ElectronApi = typeof electron;
