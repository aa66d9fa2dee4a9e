import { type EntityPlan, kebabCase, pascalCase } from '../entity-plan.ts';
import { constantOf } from './column-code.ts';

/** A list to start from: create, edit, remove and undo are in the block that it is made of. */
export function screenFile(plan: EntityPlan): string {
  return `import { ${constantOf(plan)} } from '../../shared/entities/${kebabCase(plan.name)}.ts';
import { RecordScreen } from '../records/record-screen.tsx';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ${pascalCase(plan.name)}Screen() {
  return <RecordScreen entity={${constantOf(plan)}} />;
}
`;
}
