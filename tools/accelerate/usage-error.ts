/** Something the person who called can put right. Its message says how; no stack is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
