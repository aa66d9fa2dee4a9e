import { camelCase, type ColumnPlan, type EntityPlan, kebabCase, titleOf } from '../entity-plan.ts';
import { constantOf } from './column-code.ts';

/** The entity on both sides: a real server and two laptops on real files, and what its pattern promises. */
export function testFile(plan: EntityPlan): string {
  const constant = constantOf(plan);
  const { parent } = plan;
  const imports =
    parent === null
      ? ''
      : `import { ${camelCase(parent)} } from '../../shared/entities/${kebabCase(parent)}.ts';
import { sampleRow } from '../support/sample-row.ts';
`;
  return `import { expect, test } from 'vitest';
import { ${constant} } from '../../shared/entities/${kebabCase(plan.name)}.ts';
${imports}import { useEntityTrials } from '../support/entity-trial.ts';

const newTrial = useEntityTrials();

${[...testsOf(plan), ...(parent === null ? [] : [togetherTest(plan, parent)])].join('\n')}`;
}

function testsOf(plan: EntityPlan): string[] {
  switch (plan.pattern) {
    case 'readOnly':
    case 'readOnlyDelta':
      return [readOnlyTest(plan)];
    case 'appendOnly':
      return [roundTripTest(plan), appendOnlyTest(plan)];
    case 'lastWriteWins':
      return [roundTripTest(plan), ...twoWritersTest(plan, false)];
    case 'detectConflicts':
      return [roundTripTest(plan), ...twoWritersTest(plan, true)];
    case 'oneToMany':
      return [roundTripTest(plan), ...twoWritersTest(plan, plan.conflicts === 'detect')];
  }
}

function wordsOf({ name }: EntityPlan): string {
  return titleOf(name).toLowerCase();
}

function readOnlyTest(plan: EntityPlan): string {
  return `test('${wordsOf(plan)}: what the server has reaches a laptop, which cannot change it', async () => {
  const { mine, row, putOnServer } = await newTrial(${constantOf(plan)});
  await putOnServer(row(1));
  await mine.laptop.sync();
  expect(mine.records.get(row(1).id)).toEqual(row(1));
  expect(() => mine.records.remove(row(1).id)).toThrow('cannot be changed on a laptop');
});
`;
}

function roundTripTest(plan: EntityPlan): string {
  return `test('${wordsOf(plan)}: what was made offline is the same on the server and on every laptop', async () => {
  const { mine, theirs, row, serverHas } = await newTrial(${constantOf(plan)});
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
`;
}

function togetherTest(plan: EntityPlan, parent: string): string {
  return `test('${wordsOf(plan)}: parent and child travel as one', async () => {
  const { mine, theirs, row } = await newTrial(${constantOf(plan)});
  const whole = sampleRow(${camelCase(parent)}, 2);
  const part = { ...row(1), ${parent}_id: whole.id };
  mine.laptop.createTogether([
    [${camelCase(parent)}, whole],
    [${constantOf(plan)}, part],
  ]);
  expect(mine.laptop.waiting()).toBe(1);
  await mine.laptop.sync();
  await theirs.laptop.sync();
  expect(theirs.laptop.repository(${camelCase(parent)}).get(whole.id)).toEqual(whole);
  expect(theirs.records.get(part.id)).toEqual(part);
});
`;
}

function appendOnlyTest(plan: EntityPlan): string {
  return `test('${wordsOf(plan)}: what was added stays as it is', async () => {
  const { mine, row } = await newTrial(${constantOf(plan)});
  mine.records.create(row(1));
  expect(() => mine.records.remove(row(1).id)).toThrow('cannot be changed on a laptop');
});
`;
}

/** Two laptops change one field of one row, each before it has heard of the other. */
function twoWritersTest(plan: EntityPlan, asks: boolean): string[] {
  const field = editableColumn(plan);
  if (field === null) return [];
  const { name } = field;
  const title = asks
    ? 'of two changes of one field, the later asks a person'
    : 'of two changes of one field, the later stays';
  const expected = asks
    ? `expect(theirs.laptop.openConflicts()).toBe(1);
  expect(await serverHas()).toEqual([{ ...row(1), ${name}: row(2).${name} }]);`
    : `expect(theirs.laptop.openConflicts()).toBe(0);
  expect(await serverHas()).toEqual([{ ...row(1), ${name}: row(3).${name} }]);`;
  return [
    `test('${title}', async () => {
  const { mine, theirs, row, serverHas, putOnServer } = await newTrial(${constantOf(plan)});
  await putOnServer(row(1));
  await mine.laptop.sync();
  await theirs.laptop.sync();
  mine.records.update(row(1).id, { ${name}: row(2).${name} });
  theirs.records.update(row(1).id, { ${name}: row(3).${name} });
  await mine.laptop.sync();
  await theirs.laptop.sync();
  ${expected}
});
`,
  ];
}

/** One whose samples differ from row to row; a choice of two or a boolean has too few values. */
function editableColumn({ columns }: EntityPlan): ColumnPlan | null {
  return columns.find(({ kind }) => kind === 'text' || kind === 'integer') ?? null;
}
