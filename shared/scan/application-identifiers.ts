/** How the value of a GS1 application identifier (AI) is built, after the GS1 General Specifications, section 3. */
export interface AiFormat {
  /** `checked`: digits of which the last is a check digit. `date`: six digits, or ten with the time. */
  kind: 'digits' | 'checked' | 'date' | 'text';
  min: number;
  max: number;
  /** Whether a separator must follow unless it is the last. Those without have a length that every reader knows. */
  needsSeparator: boolean;
}

/**
 * One line per family: first and last identifier, kind and lengths. The identifiers of one line are of one length, and no
 * identifier is the start of another.
 */
const FAMILIES = `
00 00 checked 18
01 03 checked 14
10 10 text 1-20
11 13 date 6
15 17 date 6
20 20 digits 2
21 22 text 1-20
235 235 text 1-28
240 241 text 1-30
242 242 digits 1-6
243 243 text 1-20
250 251 text 1-30
253 253 text 13-30
254 254 text 1-20
255 255 digits 13-25
30 30 digits 1-8
3100 3699 digits 6
37 37 digits 1-8
3900 3909 digits 1-15
3910 3919 digits 4-18
3920 3929 digits 1-15
3930 3939 digits 4-18
3940 3959 digits 4-6
400 401 text 1-30
402 402 checked 17
403 403 text 1-30
410 417 checked 13
420 420 text 1-20
421 421 text 4-12
422 422 digits 3
423 423 digits 3-15
424 424 digits 3
425 425 digits 3-15
426 426 digits 3
427 427 text 1-3
4300 4399 text 1-70
7001 7001 digits 13
7002 7002 text 1-30
7003 7003 date 10
7004 7004 digits 1-4
7005 7005 text 1-12
7006 7006 date 6
7007 7007 digits 6-12
7008 7010 text 1-20
7011 7011 digits 6-10
7020 7029 text 1-30
7030 7039 text 4-30
7040 7040 text 4
710 719 text 1-20
7230 7239 text 3-30
7240 7249 text 1-25
8001 8001 digits 14
8002 8002 text 1-20
8003 8003 text 14-30
8004 8004 text 1-30
8005 8005 digits 6
8006 8006 digits 18
8007 8007 text 1-34
8008 8008 digits 8-12
8009 8009 text 1-50
8010 8010 text 1-30
8011 8011 digits 1-12
8012 8013 text 1-25
8014 8014 text 1-25
8017 8018 checked 18
8019 8019 digits 1-10
8020 8020 text 1-25
8026 8026 digits 18
8030 8030 text 1-90
8110 8112 text 1-70
8200 8200 text 1-70
90 90 text 1-30
91 99 text 1-90
`;

/** First two digits of the identifiers whose length is fixed for all time, so that nothing need follow them. */
const PREDEFINED = /^(?:0[0-4]|1[1-9]|20|3[1-6]|41)/;

const FORMATS: ReadonlyMap<string, AiFormat> = new Map(
  FAMILIES.trim().split('\n').flatMap(membersOf),
);

/** The longest identifier has four digits, the shortest two. */
const AI_LENGTHS = [2, 3, 4] as const;

export function formatOfAi(ai: string): AiFormat | null {
  return FORMATS.get(ai) ?? null;
}

/** The identifier that stands at a place of a text; null if none does. */
export function aiAt(text: string, at: number): string | null {
  for (const length of AI_LENGTHS) {
    const ai = text.slice(at, at + length);
    if (FORMATS.has(ai)) return ai;
  }
  return null;
}

function membersOf(line: string): [string, AiFormat][] {
  const [first = '', last = '', kind = '', lengths = ''] = line.split(' ');
  const [min = '', max = min] = lengths.split('-');
  const members: [string, AiFormat][] = [];
  for (let number = Number(first); number <= Number(last); number++) {
    const ai = String(number).padStart(first.length, '0');
    members.push([
      ai,
      {
        kind: kind as AiFormat['kind'],
        min: Number(min),
        max: Number(max),
        needsSeparator: !PREDEFINED.test(ai),
      },
    ]);
  }
  return members;
}
