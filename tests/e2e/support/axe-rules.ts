import { AxeBuilder } from '@axe-core/playwright';

/** WCAG 2.2 AA, and what good screens keep to besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What dark can change. The same elements are there as in light. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** What a narrow window can change: what is beside what, how large it is, and what gave way to a button. */
export const LAYOUT_RULES = [
  ...COLOUR_RULES,
  'aria-hidden-focus',
  'button-name',
  'link-name',
  'nested-interactive',
  'region',
  'scrollable-region-focusable',
  'target-size',
];

/** What the rules found, short enough to read in a failure. */
export async function violations(
  page: ConstructorParameters<typeof AxeBuilder>[0]['page'],
  only: readonly string[] | null,
): Promise<string[]> {
  const rules = new AxeBuilder({ page });
  if (only === null) rules.withTags(TAGS);
  else rules.withRules([...only]);
  const { violations: found } = await rules.analyze();
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
