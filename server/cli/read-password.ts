import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { TallymanError } from '../../shared/errors.ts';

/** Far above the longest password, so that a whole file by mistake is noticed. */
const LINE_LENGTH_MAX = 1_024;

export interface PasswordTerminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean | undefined };
  /** Where the question goes, so that stdout stays what scripts read. */
  stderr: NodeJS.WritableStream;
}

/** One line of stdin. A person is asked for it, and what they type is not shown. */
export async function readPassword({ stdin, stderr }: PasswordTerminal): Promise<string> {
  const password = stdin.isTTY === true ? await ask(stdin, stderr) : await firstLine(stdin);
  if (password !== '') return password;
  throw new TallymanError('BAD_INPUT', 'Give the password as a line on stdin.');
}

async function ask(input: NodeJS.ReadableStream, stderr: NodeJS.WritableStream): Promise<string> {
  stderr.write('Password: ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  // In a terminal of its own Ctrl+C is a key like any other.
  const stopping = new AbortController();
  lines.once('SIGINT', () => stopping.abort());
  try {
    return await lines.question('', { signal: stopping.signal });
  } catch (error) {
    throw new TallymanError('CANCELLED', 'Stopped. Nothing was changed.', { cause: error });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}

async function firstLine(stdin: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += chunk.toString();
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end).replace(/\r$/, '');
    if (text.length > LINE_LENGTH_MAX) break;
  }
  return text.slice(0, LINE_LENGTH_MAX);
}
