import type { RejectedLine } from './rejects-file.ts';

/** A terminal holds these; the rejects file holds all. */
export const PROBLEMS_PRINTED_MAX = 1_000;

/** Tells about problems as they are found, one a line, up to what anybody reads. */
export class ProblemPrinter {
  count = 0;
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  readonly print = ({ line, reject: { field, reason, sentence } }: RejectedLine): void => {
    this.count += 1;
    if (this.count > PROBLEMS_PRINTED_MAX) return;
    const where = field === undefined ? `line ${line}` : `line ${line}, ${field}`;
    this.#stream.write(`${where}: ${sentence} [${reason}]\n`);
  };

  /** What was not printed, and where all of it is. */
  end(file: string): void {
    if (this.count === 0) return;
    const rest = this.count - PROBLEMS_PRINTED_MAX;
    if (rest > 0) this.#stream.write(`… and ${rest} more.\n`);
    this.#stream.write(`${this.count} problems, all of them in ${file}\n`);
  }
}
