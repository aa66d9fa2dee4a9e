/**
 * The router refuses to start in a page, because it belongs on the other side of the bridge. The dev page is both sides;
 * this is tRPC's own test for "not a page". To be called before the router is loaded.
 */
export function allowRouterInPage(page: { Deno?: unknown }): void {
  page.Deno ??= {};
}
