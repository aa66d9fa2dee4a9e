import { IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useFormats } from '../i18n/use-formats.ts';
import type { CategoryLine } from './flatten-categories.ts';
import styles from './catalogue.module.css';

const INDENT_REM = 0.95;

interface CategoryItemProps {
  line: CategoryLine;
  isChosen: boolean;
  isTabStop: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onChoose: () => void;
  onToggle: () => void;
}

export function CategoryItem(props: CategoryItemProps) {
  const { line, isChosen, isTabStop, onKeyDown, onFocus, onChoose, onToggle } = props;
  const formats = useFormats();
  return (
    <div
      role="treeitem"
      data-id={line.node.id}
      tabIndex={isTabStop ? 0 : -1}
      aria-level={line.level}
      aria-posinset={line.position}
      aria-setsize={line.siblings}
      aria-selected={isChosen}
      aria-expanded={line.hasChildren ? line.isOpen : undefined}
      className={styles['node']}
      style={{ paddingInlineStart: `${(line.level - 1) * INDENT_REM}rem` }}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onClick={onChoose}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- for the pointer; the keyboard has Left and Right on the line */}
      <span
        className={styles['fold']}
        data-open={line.isOpen || undefined}
        onClick={(event) => {
          if (!line.hasChildren) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {line.hasChildren && <IconChevronRight aria-hidden size={18} />}
      </span>
      <span className={styles['nodeName']}>{line.node.name}</span>
      <span className={styles['nodeCount']}>{formats.number(line.node.products)}</span>
    </div>
  );
}
