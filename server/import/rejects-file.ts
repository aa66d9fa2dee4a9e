import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import type { RawLine } from './line-format.ts';
import type { Reject, RejectReason } from './reject.ts';

/** Of a line that was rejected, this much is kept. */
const RAW_CHARACTERS_MAX = 4_000;

export interface RejectedLine {
  line: number;
  raw: RawLine;
  reject: Reject;
}

export interface ReasonCount {
  reason: RejectReason;
  count: number;
  first: RejectedLine;
}

export interface RejectsFileOptions {
  /** The file is made in its folder `rejects`. */
  dataDir: string;
  source: string;
  startedAt: number;
  onRejected?: ((rejected: RejectedLine) => void) | undefined;
}

/**
 * Where rejected lines go: a TSV file of line number, reason, sentence, the line and the column that is meant. A line with
 * several problems is there once for each. Made with the first of them.
 */
export class RejectsFile {
  readonly path: string;
  readonly #folder: string;
  #handle: number | null = null;
  readonly #counts = new Map<RejectReason, ReasonCount>();
  readonly #onRejected: (rejected: RejectedLine) => void;

  constructor(options: RejectsFileOptions) {
    this.#onRejected = options.onRejected ?? (() => undefined);
    const time = new Date(options.startedAt).toISOString().replace(/[-:.]/g, '');
    this.#folder = join(options.dataDir, 'rejects');
    this.path = join(this.#folder, `${basename(options.source)}-${time}.tsv`);
  }

  /** Most frequent first. */
  get counts(): readonly ReasonCount[] {
    return [...this.#counts.values()].toSorted((a, b) => b.count - a.count);
  }

  write(rejected: readonly RejectedLine[]): void {
    if (rejected.length === 0) return;
    for (const line of rejected) {
      this.#count(line);
      this.#onRejected(line);
    }
    const text = rejected.map(
      ({ line, raw, reject }) =>
        `${line}\t${reject.reason}\t${escaped(reject.sentence)}\t${escapedRaw(raw)}\t${reject.field ?? ''}\n`,
    );
    this.#append(text.join(''));
  }

  #append(text: string): void {
    try {
      this.#handle ??= this.#open();
      writeSync(this.#handle, text);
    } catch (error) {
      throw new TallymanError(
        'DISK_FULL',
        `The rejected lines could not be written to ${this.path}. Make room or give the right to write there.`,
        { cause: error, details: { file: this.path } },
      );
    }
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true });
    const handle = openSync(this.path, 'wx');
    writeSync(handle, 'line\treason\texplanation\tcontent\tfield\n');
    return handle;
  }

  #count(rejected: RejectedLine): void {
    const { reason } = rejected.reject;
    const known = this.#counts.get(reason);
    if (known === undefined) this.#counts.set(reason, { reason, count: 1, first: rejected });
    else known.count += 1;
  }
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
// eslint-disable-next-line no-control-regex -- these are what it escapes
const ESCAPED = /[\u0000-\u001f\\\u007f-\u009f\u2028\u2029]/g;

function escaped(text: string): string {
  return text.replace(ESCAPED, (character) => NAMED_ESCAPES[character] ?? byteEscapes(character));
}

function byteEscapes(character: string): string {
  return [...Buffer.from(character, 'utf8')].map(byteEscape).join('');
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** One line of printable text from which the original can be made again: bytes that are no text become `\xNN`. */
function escapedRaw(raw: RawLine): string {
  const text =
    typeof raw === 'string'
      ? escaped(raw.slice(0, RAW_CHARACTERS_MAX))
      : escapedBytes(raw.subarray(0, RAW_CHARACTERS_MAX));
  return raw.length > RAW_CHARACTERS_MAX ? `${text}…` : text;
}

function escapedBytes(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => (byte < 0x80 ? escaped(String.fromCharCode(byte)) : byteEscape(byte)))
    .join('');
}
