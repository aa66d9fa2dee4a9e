import { expect, test } from 'vitest';
import { countObservation } from '../../shared/entities/count-observation.ts';
import { useEntityTrials } from '../support/entity-trial.ts';

const newTrial = useEntityTrials();

test('count observation: what was made offline is the same on the server and on every laptop', async () => {
  const { mine, theirs, row, serverHas } = await newTrial(countObservation);
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
