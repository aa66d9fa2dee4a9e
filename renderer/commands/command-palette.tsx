import { Modal, TextInput, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyWords } from './key-words.tsx';
import { type PaletteEntry, type PaletteGroup, usePaletteEntries } from './use-palette-entries.ts';
import styles from './commands.module.css';

const LIST_ID = 'palette-list';
const TEXT_MAX = 100;
const idOf = (entry: PaletteEntry): string => `palette ${entry.id}`.replaceAll(/[\s/]+/g, '-');

/** All that can be done and found, by typing a part of its name. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [activeId, setActiveId] = useState<string | null>(null);
  const { groups, isPending } = usePaletteEntries(text);
  const entries = groups.flatMap((group) => group.entries);
  const active = entries.find(({ id }) => id === activeId) ?? entries[0];
  const returnFocus = useOpener();

  const run = (entry: PaletteEntry): void => {
    onClose();
    returnFocus();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0 && active) {
      event.preventDefault();
      const at = entries.indexOf(active) + step;
      setActiveId(entries.at(at % entries.length)?.id ?? null);
    }
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      run(active);
    }
  };

  return (
    <Modal.Root
      opened
      onClose={() => {
        onClose();
        returnFocus();
      }}
      returnFocus={false}
      centered={false}
      size="38rem"
      padding={0}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('commands.palette')}>
        <TextInput
          // At once: the focus trap takes it later, and the first letter would be lost.
          autoFocus
          data-autofocus
          className={styles['field'] ?? ''}
          size="lg"
          role="combobox"
          aria-label={t('commands.find')}
          aria-expanded={entries.length > 0}
          aria-controls={LIST_ID}
          aria-autocomplete="list"
          aria-activedescendant={active && idOf(active)}
          placeholder={t('commands.find')}
          autoComplete="off"
          spellCheck={false}
          maxLength={TEXT_MAX}
          leftSection={<IconSearch aria-hidden size={22} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActiveId(null);
          }}
          onKeyDown={onKeyDown}
        />
        <PaletteList groups={groups} active={active} onActive={setActiveId} onRun={run} />
        {entries.length === 0 && !isPending && (
          <p className={styles['nothing']}>{t('commands.nothing', { text: text.trim() })}</p>
        )}
        <VisuallyHidden role="status">
          {!isPending && t('commands.found', { count: entries.length })}
        </VisuallyHidden>
      </Modal.Content>
    </Modal.Root>
  );
}

interface PaletteListProps {
  groups: readonly PaletteGroup[];
  active: PaletteEntry | undefined;
  onActive: (id: string) => void;
  onRun: (entry: PaletteEntry) => void;
}

function PaletteList({ groups, active, onActive, onRun }: PaletteListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const activeId = active && idOf(active);
  useEffect(() => {
    if (activeId === undefined) return;
    list.current?.querySelector(`#${CSS.escape(activeId)}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <div
      ref={list}
      id={LIST_ID}
      role="listbox"
      aria-label={t('commands.palette')}
      className={styles['list']}
      // Empty, it is nothing to go to.
      hidden={groups.length === 0}
    >
      {groups.map(({ name, entries }) => (
        <div key={name} role="group" aria-labelledby={`palette-${name}`}>
          <div id={`palette-${name}`} role="presentation" className={styles['heading']}>
            {t(`commands.group.${name}`)}
          </div>
          {entries.map((entry) => (
            <PaletteOption
              key={entry.id}
              entry={entry}
              isActive={entry === active}
              onActive={() => onActive(entry.id)}
              onRun={() => onRun(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface PaletteOptionProps {
  entry: PaletteEntry;
  isActive: boolean;
  onActive: () => void;
  onRun: () => void;
}

/** The keyboard stays in the field above, which names the active option. */
function PaletteOption({ entry, isActive, onActive, onRun }: PaletteOptionProps) {
  const { words, detail, keys, Icon } = entry;
  return (
    <div
      id={idOf(entry)}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles['option']}
      onPointerMove={() => {
        if (!isActive) onActive();
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onRun();
      }}
    >
      {Icon && <Icon aria-hidden size={22} stroke={1.75} />}
      <span className={styles['words']}>{words}</span>
      {detail !== undefined && <span className={styles['detail']}>{detail}</span>}
      {keys !== undefined && <KeyWords keys={keys} />}
    </div>
  );
}

/** The way back to what had the focus when this was opened. */
function useOpener(): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    if (opener instanceof HTMLElement) opener.focus();
  };
}
