const BETWEEN_KEYS_MS = 200;

/**
 * When keys were pressed, for tests: those of the mock scanner tell, and all others are a person's, however fast the test types.
 */
export function personalTime(): (event: KeyboardEvent) => number {
  let now = 0;
  return (event) => {
    now = Object.hasOwn(event, 'timeStamp') ? event.timeStamp : now + BETWEEN_KEYS_MS;
    return now;
  };
}
