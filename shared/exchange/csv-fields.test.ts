import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFields } from './csv-fields.ts';

describe('csvFields', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',', ['', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",""', ['say "hi"', '']],
    ['3/4" pipe,5" bolt', ['3/4" pipe', '5" bolt']],
    ['"two\nlines",x', ['two\nlines', 'x']],
    ['"",""""', ['', '"']],
  ])('cuts %j', (text, fields) => {
    expect(csvFields(text, ',')).toEqual({ kind: 'fields', fields });
  });

  it('asks for more while a quote is open', () => {
    expect(csvFields('a,"b', ',')).toEqual({ kind: 'open' });
    expect(csvFields('a,"b""', ',')).toEqual({ kind: 'open' });
  });

  it('sees text after a closing quote', () => {
    expect(csvFields('"a"b,c', ',')).toEqual({ kind: 'malformed' });
  });

  it('agrees with csv-parse on everything well-formed', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'я') });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
        const text = fields.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
        expect(csvFields(text, ',')).toEqual({ kind: 'fields', fields });
        expect(parse(text)).toEqual([fields]);
      }),
    );
  });
});
