import { expect, test } from 'vitest';
import { scanAtAPace } from './scan-at-a-pace.ts';

function times(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}

test('a scan does not wait for the answer to the one before', async () => {
  const answers: (() => void)[] = [];
  const scan = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      answers.push(resolve);
      // The first is answered only when the last has been made.
      if (answers.length === 3) for (const answer of answers) answer();
    });
  };
  const [first = 0, , last = 0] = await scanAtAPace(scan, { goesOn: times(3), random: () => 0 });
  expect(first).toBeGreaterThan(last);
});

test('a scan that is refused is told of', async () => {
  const scan = async (): Promise<never> => Promise.reject(new Error('no such place'));
  await expect(scanAtAPace(scan, { goesOn: times(2), random: () => 0 })).rejects.toThrow(
    'no such place',
  );
});
