import { expect, test } from 'vitest';
import { delivery } from '../../shared/entities/delivery.ts';
import { useEntityTrials } from '../support/entity-trial.ts';

const newTrial = useEntityTrials();

test('delivery: what was made offline is the same on the server and on every laptop', async () => {
  const { mine, theirs, row, serverHas } = await newTrial(delivery);
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

test('of two changes of one field, the later asks a person', async () => {
  const { mine, theirs, row, serverHas, putOnServer } = await newTrial(delivery);
  await putOnServer(row(1));
  await mine.laptop.sync();
  await theirs.laptop.sync();
  mine.records.update(row(1).id, { code: row(2).code });
  theirs.records.update(row(1).id, { code: row(3).code });
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(theirs.laptop.openConflicts()).toBe(1);
  expect(await serverHas()).toEqual([{ ...row(1), code: row(2).code }]);
});
