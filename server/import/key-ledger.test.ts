import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyLedger } from './key-ledger.ts';

it('remembers the first line of every key, as a map does', () => {
  const keys = fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 });
  fc.assert(
    fc.property(keys, (some) => {
      const ledger = new KeyLedger();
      const lines = new Map<string, number>();
      for (const [at, key] of some.entries()) {
        expect(ledger.firstLine(key)).toBe(lines.get(key) ?? null);
        ledger.claim(key, at + 1);
        if (!lines.has(key)) lines.set(key, at + 1);
      }
    }),
  );
});

it('grows without forgetting', () => {
  const ledger = new KeyLedger();
  const count = 100_000;
  for (let line = 1; line <= count; line++) ledger.claim(`key ${line}`, line);
  const forgotten = Array.from({ length: count }, (_, at) => at + 1).filter(
    (line) => ledger.firstLine(`key ${line}`) !== line,
  );
  expect(forgotten).toEqual([]);
  expect(ledger.firstLine('another')).toBeNull();
});
