interface Page<T, TCursor> {
  items: readonly T[];
  nextCursor: TCursor | null;
}

/** All pages of a list that is read by cursor, one after another. */
export async function* cursorPages<T, TCursor = string>(
  read: (cursor: TCursor | null) => Promise<Page<T, TCursor>>,
): AsyncGenerator<readonly T[]> {
  let cursor: TCursor | null = null;
  do {
    const page: Page<T, TCursor> = await read(cursor);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
