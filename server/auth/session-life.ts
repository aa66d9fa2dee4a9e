const MINUTE_MS = 60 * 1_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Without a refresh. Longer than the lease of a laptop, which locks before its session ends. */
export const SESSION_IDLE_MS = 30 * DAY_MS;
/** Whatever happens; then the password is asked for. */
export const SESSION_LIFE_MS = 90 * DAY_MS;
/** For so long the refresh token before is taken once more, if the answer that replaced it was lost. */
export const REFRESH_GRACE_MS = 5 * MINUTE_MS;
