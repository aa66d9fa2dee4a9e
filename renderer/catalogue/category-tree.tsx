import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../trpc.ts';
import { CategoryItem } from './category-item.tsx';
import { type CategoryLine, flattenCategories } from './flatten-categories.ts';
import styles from './catalogue.module.css';

/** From here on finding by eye is slow, and a field to find by name appears. */
const FIND_FIELD_FROM = 12;

export interface CategoryTreeProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

/** The category tree as a filter: one tab stop, arrows walk, Right and Left open and fold, Enter or Space chooses. */
export function CategoryTree({ value, onChange }: CategoryTreeProps) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const { data: nodes = [] } = useQuery(trpc.catalogue.categories.queryOptions());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [focused, setFocused] = useState<string | null>(null);
  const labelId = useId();
  const tree = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => flattenCategories(nodes, open, text), [nodes, open, text]);
  if (nodes.length === 0) return null;

  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const choose = (id: string): void => onChange(id === value ? null : id);
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const move = treeMove(event.key, lines, index);
    if (!move) return;
    event.preventDefault();
    if (move.type === 'choose') choose(move.id);
    else if (move.type === 'toggle') toggle(move.id);
    else tree.current?.querySelector<HTMLElement>(`[data-id="${move.id}"]`)?.focus();
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
          <CategoryItem
            key={line.node.id}
            line={line}
            isChosen={line.node.id === value}
            isTabStop={line.node.id === tabStop}
            onKeyDown={(event) => onKeyDown(event, index)}
            onFocus={() => setFocused(line.node.id)}
            onChoose={() => choose(line.node.id)}
            onToggle={() => toggle(line.node.id)}
          />
        ))}
      </div>
    </div>
  );
}

interface TreeMove {
  type: 'focus' | 'toggle' | 'choose';
  id: string;
}

/** What a key does at a line of the tree, after the tree pattern of WAI-ARIA. */
function treeMove(key: string, lines: readonly CategoryLine[], index: number): TreeMove | null {
  const line = lines[index];
  if (!line) return null;
  const { id } = line.node;
  const focus = (at: number): TreeMove => ({ type: 'focus', id: lines[at]?.node.id ?? id });
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1);
    case 'ArrowUp':
      return focus(index - 1);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(lines.length - 1);
    case 'ArrowRight':
      return line.hasChildren && !line.isOpen ? { type: 'toggle', id } : focus(index + 1);
    case 'ArrowLeft':
      return line.isOpen
        ? { type: 'toggle', id }
        : focus(lines.findLastIndex((one, at) => at < index && one.level < line.level));
    case 'Enter':
    case ' ':
      return { type: 'choose', id };
    default:
      return null;
  }
}
