import type { CallServer } from './server-line.ts';
import type { SessionBooks } from './session-book.ts';

/** Tells the server of sign-outs that it does not know of yet. It may be told of any as often as one likes. */
export async function tellEndings(
  books: SessionBooks,
  server: () => { url: string; call: CallServer },
): Promise<void> {
  const { endings, serverUrl } = books.book;
  if (endings.length === 0) return;
  const { url, call } = server();
  if (url !== serverUrl) return;
  for (const ending of endings) {
    await call('auth.signOut', ending);
    const { refreshToken } = ending;
    const left = books.book.endings.filter((one) => one.refreshToken !== refreshToken);
    await books.change({ endings: left });
  }
}
