import { type EntityPlan, kebabCase } from '../entity-plan.ts';
import { constantOf, fieldCode, patternCode, sharedFieldsOf } from './column-code.ts';

/** The definition that both sides are derived from. */
export function entityFile(plan: EntityPlan): string {
  const references = plan.columns.flatMap(({ name, target }) =>
    target === null ? [] : [`${name}: '${target}'`],
  );
  const indexes = plan.indexes.map(({ columns, unique }) => {
    const names = columns.map((column) => `'${column}'`).join(', ');
    return `{ columns: [${names}]${unique ? ', unique: true' : ''} }`;
  });
  const options = [
    `name: '${plan.name}'`,
    `scope: '${plan.scope}'`,
    `pattern: ${patternCode(plan)}`,
    `schema: z.strictObject({ id: idField, ${plan.columns.map(fieldCode).join(',\n')} })`,
    ...(references.length > 0 ? [`references: { ${references.join(', ')} }`] : []),
    ...(plan.parent === null ? [] : [`deleteRules: { ${plan.parent}_id: 'cascade' }`]),
    ...(indexes.length > 0 ? [`indexes: [${indexes.join(', ')}]`] : []),
    ...(plan.sortBy === null ? [] : [`sortBy: '${plan.sortBy}'`]),
  ];
  return `import { z } from 'zod';
import { ${plan.pattern} } from '../sync/patterns/${kebabCase(snakeOf(plan.pattern))}.ts';
import { defineEntity } from './define-entity.ts';
import { ${sharedFieldsOf(plan).join(', ')} } from './fields.ts';

export const ${constantOf(plan)} = defineEntity({ ${options.join(',\n')} });
`;
}

function snakeOf(camel: string): string {
  return camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
