import { CloseButton, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { SEARCH_TEXT_LENGTH_MAX } from './search-text.ts';
import { LIST_ID } from './product-list.tsx';
import { optionId } from './product-option.tsx';
import styles from './catalogue.module.css';

/** Nearly every answer is there before this, and a sign that comes and goes with every letter would only flicker. */
const SLOW_MS = 200;

interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  /** -1: no row is selected. */
  active: number;
  busy: boolean;
  hasList: boolean;
}

/** An editable combo box whose list box is the product list: focus stays here, arrows move in the list. */
export function SearchField(props: SearchFieldProps) {
  const { field, text, onText, onKeyDown, active, busy, hasList } = props;
  const { t } = useTranslation();
  const clear = (): void => {
    onText('');
    field.current?.focus();
  };
  return (
    <div className={styles['search']}>
      <TextInput
        ref={field}
        size="lg"
        role="combobox"
        aria-label={t('catalogue.search.label')}
        aria-describedby="search-help"
        aria-expanded={hasList}
        aria-controls={hasList ? LIST_ID : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        placeholder={t('catalogue.search.placeholder')}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
        maxLength={SEARCH_TEXT_LENGTH_MAX}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch aria-hidden size={22} />}
        rightSectionWidth={56}
        rightSection={<FieldEnd busy={busy} isEmpty={text === ''} onClear={clear} />}
      />
      <span id="search-help" hidden>
        {t('catalogue.search.help')}
      </span>
    </div>
  );
}

function FieldEnd(props: { busy: boolean; isEmpty: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const [wasBusy] = useDebouncedValue(props.busy, SLOW_MS);
  if (props.busy && wasBusy) return <Loader size={18} aria-hidden />;
  if (!props.isEmpty) {
    return (
      <CloseButton size={44} aria-label={t('catalogue.search.clear')} onClick={props.onClear} />
    );
  }
  return (
    <kbd className={styles['key']} aria-hidden>
      /
    </kbd>
  );
}
