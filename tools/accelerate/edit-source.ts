import { type Expression, parseSync, type Statement } from 'oxc-parser';

/** The named list of a file, which is what the accelerator holds on to: it moves with the list, whatever is around it. */
export interface ListEdit {
  /** Of the constant that holds an array, or a call with an object such as `router({ … })`. */
  constant: string;
  /** An element, or a property of the object. */
  entry: string;
  /** A whole import statement, and where it imports from. */
  imports: readonly { statement: string; from: string }[];
}

/** Appends to the list and imports what it needs. Throws if the file has changed beyond recognition. */
export function appendToList(path: string, text: string, edit: ListEdit): string {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message ?? ''}`);
  const list = listIn(program.body, edit.constant);
  if (list === null) {
    throw new Error(
      `${path} has no list named ${edit.constant}. Bring it back, then run this again.`,
    );
  }
  const insertions = [
    { at: list.at, text: list.isEmpty ? edit.entry : `, ${edit.entry}` },
    ...edit.imports.map(({ statement, from }) => ({
      at: placeOfImport(program.body, from),
      text: `${statement}\n`,
    })),
  ];
  return insertAll(text, insertions);
}

/** From the end, so that places before are not moved. Several at one place keep their order. */
function insertAll(text: string, insertions: readonly { at: number; text: string }[]): string {
  let result = text;
  for (const { at, text: added } of insertions.toReversed().toSorted((a, b) => b.at - a.at)) {
    result = result.slice(0, at) + added + result.slice(at);
  }
  return result;
}

function listIn(
  body: readonly Statement[],
  constant: string,
): { at: number; isEmpty: boolean } | null {
  for (const statement of body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || id.name !== constant || !init) continue;
      const list = unwrap(init);
      const entries = list?.type === 'ArrayExpression' ? list.elements : list?.properties;
      if (!list || !entries) return null;
      return { at: entries.at(-1)?.end ?? list.start + 1, isEmpty: entries.length === 0 };
    }
  }
  return null;
}

type List = Extract<Expression, { type: 'ArrayExpression' | 'ObjectExpression' }>;

/** Past `as const`, `satisfies …` and the call around it. */
function unwrap(expression: Expression): List | null {
  switch (expression.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
      return expression;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return unwrap(expression.expression);
    case 'CallExpression': {
      const argument = expression.arguments[0];
      return argument && argument.type !== 'SpreadElement' ? unwrap(argument) : null;
    }
    default:
      return null;
  }
}

/** Imports of the project's files are sorted by where they are from. */
function placeOfImport(body: readonly Statement[], from: string): number {
  const imports = body.filter((statement) => statement.type === 'ImportDeclaration');
  const after = imports.find(({ source }) => source.value.startsWith('.') && source.value > from);
  const last = imports.at(-1);
  if (after) return after.start;
  // Behind the line break of the last one.
  return last ? last.end + 1 : 0;
}
