/**
 * The router refuses to start in a page, because it belongs on the other side of the bridge. The dev page is both sides;
 * this is tRPC's own test for "not a page". A script of its own, because it must run before anything of tRPC is loaded.
 */
(globalThis as { Deno?: unknown }).Deno ??= {};
