import { z } from 'zod';

/** A named piece of sync work. `full` is everything; the others limit a run to what a moment needs. */
export const syncUnitField = z.enum(['full', 'catalogue', 'stock']);
export type SyncUnit = z.output<typeof syncUnitField>;
