import { expect, test } from 'vitest';
import { productNote } from '../../shared/entities/product-note.ts';
import { useEntityTrials } from '../support/entity-trial.ts';

const newTrial = useEntityTrials();

test('product note: what was made offline is the same on the server and on every laptop', async () => {
  const { mine, theirs, row, serverHas } = await newTrial(productNote);
  mine.records.create(row(1));
  expect(mine.records.get(row(1).id)).toEqual(row(1));
  expect(await serverHas()).toEqual([]);
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(await serverHas()).toEqual([row(1)]);
  expect(mine.records.get(row(1).id)).toEqual(row(1));
  expect(theirs.records.get(row(1).id)).toEqual(row(1));
  expect(mine.laptop.waiting()).toBe(0);
});

test('of two changes of one field, the later stays', async () => {
  const { mine, theirs, row, serverHas, putOnServer } = await newTrial(productNote);
  await putOnServer(row(1));
  await mine.laptop.sync();
  await theirs.laptop.sync();
  mine.records.update(row(1).id, { text: row(2).text });
  theirs.records.update(row(1).id, { text: row(3).text });
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(theirs.laptop.openConflicts()).toBe(0);
  expect(await serverHas()).toEqual([{ ...row(1), text: row(3).text }]);
});
