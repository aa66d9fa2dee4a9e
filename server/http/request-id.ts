const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The laptop's own, if it is one, so that a line of its log leads to ours. Nothing else from outside gets into lines. */
export function requestIdOf(given: string | readonly string[] | undefined): string | null {
  return typeof given === 'string' && UUID.test(given) ? given : null;
}
