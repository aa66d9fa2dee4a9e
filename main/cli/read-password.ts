import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { TallymanError } from '../../shared/errors.ts';

/** One line of stdin: arguments are seen by everybody on the machine. What a person types here is not shown. */
export async function readPassword(
  stdin: NodeJS.ReadableStream & { isTTY?: boolean | undefined },
  stderr: NodeJS.WritableStream,
): Promise<string> {
  const isTerminal = stdin.isTTY === true;
  if (isTerminal) stderr.write('Password: ');
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: isTerminal });
  try {
    for await (const line of lines) {
      if (line !== '') return line;
    }
  } finally {
    lines.close();
    if (isTerminal) stderr.write('\n');
  }
  throw new TallymanError('BAD_INPUT', 'The password is to come from stdin, as one line.');
}
