/**
 * A copy that stands alone. V8 cuts strings out of larger ones without copying, so a category's name that is kept for the
 * whole import would keep the 256 KiB of file around it.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
