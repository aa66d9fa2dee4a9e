import type { CategoryNode } from '../../shared/desktop/catalogue-views.ts';

export interface CategoryLine {
  node: CategoryNode;
  level: number;
  hasChildren: boolean;
  isOpen: boolean;
  /** Place among its siblings, from 1, and their number. */
  position: number;
  siblings: number;
}

/**
 * The lines of the category tree that are in view, parents before children. With a text, only matching nodes and the
 * way to them, all open. A node whose parent is missing counts as a root, so that nothing is unreachable.
 */
export function flattenCategories(
  nodes: readonly CategoryNode[],
  open: ReadonlySet<string>,
  text: string,
): readonly CategoryLine[] {
  const known = new Set(nodes.map((node) => node.id));
  const children = new Map<string | null, CategoryNode[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null;
    const list = children.get(parent);
    if (list) list.push(node);
    else children.set(parent, [node]);
  }
  const wanted = text.trim().toLocaleLowerCase();
  const isWanted = new Map<string, boolean>();
  const mark = (node: CategoryNode): boolean => {
    let wantedBelow = false;
    for (const child of children.get(node.id) ?? []) wantedBelow = mark(child) || wantedBelow;
    const own = node.name.toLocaleLowerCase().includes(wanted);
    isWanted.set(node.id, own || wantedBelow);
    return own || wantedBelow;
  };
  const roots = children.get(null) ?? [];
  if (wanted !== '') roots.forEach(mark);

  const lines: CategoryLine[] = [];
  const add = (list: readonly CategoryNode[], level: number): void => {
    const shown = wanted === '' ? list : list.filter((node) => isWanted.get(node.id));
    shown.forEach((node, at) => {
      const below = children.get(node.id) ?? [];
      const isOpen = below.length > 0 && (wanted !== '' || open.has(node.id));
      lines.push({
        node,
        level,
        hasChildren: below.length > 0,
        isOpen,
        position: at + 1,
        siblings: shown.length,
      });
      if (isOpen) add(below, level + 1);
    });
  };
  add(roots, 1);
  return lines;
}
