interface Page<T> {
  items: readonly T[];
  nextCursor: string | null;
}

/** All pages of a list that is read by cursor, one after another. */
export async function* cursorPages<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
