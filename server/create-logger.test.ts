import { expect, test } from 'vitest';
import { z } from 'zod';
import { TallymanError } from '../shared/errors.ts';
import { createLogger } from './create-logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

test('secrets are left out by their names, wherever somebody hands them over', () => {
  const text = logged((logger) => {
    logger.info({ password: 'canary', input: { refreshToken: 'canary' } }, 'handed over');
    logger.info({ headers: { authorization: 'canary', cookie: 'canary' } });
  });
  expect(text).not.toContain('canary');
  expect(text).toContain('(secret)');
});

test('of an error it has where it came from, and not the values that others add to it', () => {
  const driver = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (login)=(canary) already exists.',
    parameters: ['canary'],
  });
  const input = z.strictObject({ pin: z.literal(1) }).safeParse({ pin: 'canary' }).error;
  const text = logged((logger) => {
    const cause = new TallymanError('INTERNAL', 'inner', { cause: driver });
    logger.error({ err: new Error('outer', { cause }) }, 'failed');
    logger.error({ err: input }, 'failed');
    logger.error({ err: 'canary' }, 'failed');
  });
  expect(text).not.toContain('canary');
  expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
    err: { message: 'outer', cause: { message: 'inner', cause: { code: '23505' } } },
  });
});

test('text from outside cannot begin a line of its own', () => {
  const text = logged((logger) => {
    logger.info({ path: 'a\n{"level":60}\r\u2028b' }, 'x\ny');
  });
  expect(text.trimEnd()).not.toContain('\n');
});

test('what is below the level is not written', () => {
  expect(logged((logger) => logger.debug('quiet'))).toBe('');
});
