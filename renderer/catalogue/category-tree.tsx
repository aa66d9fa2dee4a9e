import { TextInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { type CategoryLine, flattenCategories } from './flatten-categories.ts';
import styles from './catalogue.module.css';

/** From here on finding by eye is slow, and a field to find by name appears. */
const FIND_FIELD_FROM = 12;
const INDENT_REM = 0.95;

export interface CategoryTreeProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

/** The category tree as a filter: one tab stop, arrows walk, Right and Left open and fold, Enter or Space chooses. */
export function CategoryTree({ value, onChange }: CategoryTreeProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data: nodes = [] } = useQuery(trpc.catalogue.categories.queryOptions());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [focused, setFocused] = useState<string | null>(null);
  const labelId = useId();
  const tree = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => flattenCategories(nodes, open, text), [nodes, open, text]);
  if (nodes.length === 0) return null;

  const toggle = (id: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.delete(id);
    else next.add(id);
    setOpen(next);
  };
  const focusLine = (index: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))];
    if (!line) return;
    setFocused(line.node.id);
    tree.current?.querySelector<HTMLElement>(`[data-id="${line.node.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number, line: CategoryLine): void => {
    const { node, isOpen, hasChildren } = line;
    const parent = (): number =>
      lines.findLastIndex((one, at) => at < index && one.level < line.level);
    const moves: Record<string, () => void> = {
      ArrowDown: () => focusLine(index + 1),
      ArrowUp: () => focusLine(index - 1),
      Home: () => focusLine(0),
      End: () => focusLine(lines.length - 1),
      ArrowRight: () => (hasChildren && !isOpen ? toggle(node.id, false) : focusLine(index + 1)),
      ArrowLeft: () => (isOpen && text === '' ? toggle(node.id, true) : focusLine(parent())),
      Enter: () => onChange(node.id === value ? null : node.id),
      ' ': () => onChange(node.id === value ? null : node.id),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const tabStop = lines.some(({ node }) => node.id === focused) ? focused : lines[0]?.node.id;

  return (
    <div className={styles['categories']}>
      <span id={labelId} className={styles['label']}>
        {t('catalogue.filter.category')}
      </span>
      {nodes.length >= FIND_FIELD_FROM && (
        <TextInput
          aria-label={t('catalogue.filter.categoryFind')}
          placeholder={t('catalogue.filter.categoryFind')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {lines.length === 0 && <p className="quiet">{t('catalogue.filter.categoryNone')}</p>}
      <div role="tree" aria-labelledby={labelId} ref={tree} className={styles['tree']}>
        {lines.map((line, index) => (
          <div
            key={line.node.id}
            role="treeitem"
            data-id={line.node.id}
            tabIndex={line.node.id === tabStop ? 0 : -1}
            aria-level={line.level}
            aria-posinset={line.position}
            aria-setsize={line.siblings}
            aria-selected={line.node.id === value}
            aria-expanded={line.hasChildren ? line.isOpen : undefined}
            className={styles['node']}
            style={{ paddingInlineStart: `${(line.level - 1) * INDENT_REM}rem` }}
            onKeyDown={(event) => onKeyDown(event, index, line)}
            onFocus={() => setFocused(line.node.id)}
            onClick={() => onChange(line.node.id === value ? null : line.node.id)}
          >
            <span
              className={styles['fold']}
              data-open={line.isOpen || undefined}
              onClick={(event) => {
                if (!line.hasChildren) return;
                event.stopPropagation();
                toggle(line.node.id, line.isOpen);
              }}
            >
              {line.hasChildren && <IconChevronRight aria-hidden size={18} />}
            </span>
            <span className={styles['nodeName']}>{line.node.name}</span>
            <span className={styles['nodeCount']}>{formats.number(line.node.products)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
