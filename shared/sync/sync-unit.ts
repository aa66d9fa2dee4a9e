import { z } from 'zod';

/**
 * A named piece of sync work. `full` is everything; the others limit a run to what a moment needs: `send` sends what people
 * did and fetches only the scopes that this changed; `photos` brings the bytes of photos up, after all text. Every unit sends
 * first.
 */
export const syncUnitField = z.enum(['full', 'catalogue', 'stock', 'send', 'photos']);
export type SyncUnit = z.output<typeof syncUnitField>;
