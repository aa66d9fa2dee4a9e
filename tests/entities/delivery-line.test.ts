import { expect, test } from 'vitest';
import { deliveryLine } from '../../shared/entities/delivery-line.ts';
import { delivery } from '../../shared/entities/delivery.ts';
import { sampleRow } from '../support/sample-row.ts';
import { useEntityTrials } from '../support/entity-trial.ts';

const newTrial = useEntityTrials();

test('delivery line: what was made offline is the same on the server and on every laptop', async () => {
  const { mine, theirs, row, serverHas } = await newTrial(deliveryLine);
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
  const { mine, theirs, row, serverHas, putOnServer } = await newTrial(deliveryLine);
  await putOnServer(row(1));
  await mine.laptop.sync();
  await theirs.laptop.sync();
  mine.records.update(row(1).id, { expected: row(2).expected });
  theirs.records.update(row(1).id, { expected: row(3).expected });
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(theirs.laptop.openConflicts()).toBe(1);
  expect(await serverHas()).toEqual([{ ...row(1), expected: row(2).expected }]);
});

test('delivery line: parent and child travel as one', async () => {
  const { mine, theirs, row } = await newTrial(deliveryLine);
  const whole = sampleRow(delivery, 2);
  const part = { ...row(1), delivery_id: whole.id };
  mine.laptop.createTogether([
    [delivery, whole],
    [deliveryLine, part],
  ]);
  expect(mine.laptop.waiting()).toBe(1);
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(theirs.laptop.repository(delivery).get(whole.id)).toEqual(whole);
  expect(theirs.records.get(part.id)).toEqual(part);
});
