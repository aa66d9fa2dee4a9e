import { z } from 'zod';
import { PULL_SCOPES_MAX, type PullOutput } from './protocol.ts';
import { type Scope, scopeField } from './scope.ts';

/**
 * `sync.poke`: the server tells a laptop that scopes have reached versions, and nothing else. Who hears of a version that is
 * above its own asks for the rows like at any other time, so a poke that is lost, repeated or late does no harm.
 *
 * `sync.follow` is the same for a laptop that would ask: if little has changed, the answer to its question comes with the poke.
 */

/** A sign of life goes out this often while there is nothing to tell. */
export const POKE_HEARTBEAT_MS = 20_000;
/** A line on which two of them are missing is dead. */
export const POKE_SILENCE_MAX_MS = 2.5 * POKE_HEARTBEAT_MS;

export const pokeInput = z.strictObject({
  protocol: z.int().min(0),
  deviceId: z.uuid(),
  serverId: z.uuid().nullable(),
  /** Those that the asker may not see are left out without a word. */
  scopes: z.array(scopeField).min(1).max(PULL_SCOPES_MAX),
});
export type PokeInput = z.output<typeof pokeInput>;

/**
 * What the server would answer now to a laptop that holds a scope up to version `from` and asks for this scope alone. Like every
 * answer it is of one moment, and says which of this laptop's own operations it shows.
 */
const newsField = z.object({
  scope: scopeField,
  from: z.int().min(0),
  answer: z.custom<PullOutput>((value) => typeof value === 'object' && value !== null),
});
export type News = z.output<typeof newsField>;

const spreadField = z.int().min(0).max(600_000);

export const pokeEventField = z.discriminatedUnion('kind', [
  /** First of all the present versions of what was asked for; then those that rose. */
  z.object({
    kind: z.literal('versions'),
    versions: z.array(z.object({ scope: scopeField, version: z.int().min(0) })),
    /** To who follows, of one of these scopes; absent if much has changed, or more than once since the laptop was told of it. */
    news: newsField.nullish(),
    /** As many laptops hear this that each had better wait a random part of it before it asks. */
    spreadMs: spreadField,
  }),
  /** The server ends the line in good order. Come back after a random part of this. */
  z.object({ kind: z.literal('goodbye'), spreadMs: spreadField }),
]);
export type PokeEvent = z.output<typeof pokeEventField>;

export interface ScopeVersion {
  scope: Scope;
  version: number;
}
