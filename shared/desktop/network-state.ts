/** `online` only if the Tallyman server itself answered; a link, a captive portal or a dead server is not online. */
export interface NetworkStatus {
  state: 'unknown' | 'online' | 'offline';
  /** Why offline, for the words shown. */
  cause: 'noServerSet' | 'noLink' | 'unreachable' | 'notTallyman' | null;
  /** UTC epoch milliseconds of the last change of state. */
  since: number;
  serverUrl: string | null;
}
