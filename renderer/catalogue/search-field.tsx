import { CloseButton, Loader, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { SEARCH_TEXT_LENGTH_MAX } from './search-text.ts';
import { LIST_ID, rowId } from './product-list.tsx';
import styles from './catalogue.module.css';

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
        aria-activedescendant={active >= 0 ? rowId(active) : undefined}
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
        rightSection={
          busy ? (
            <Loader size={18} aria-hidden />
          ) : text === '' ? (
            <kbd className={styles['key']} aria-hidden>
              /
            </kbd>
          ) : (
            <CloseButton
              size={44}
              aria-label={t('catalogue.search.clear')}
              onClick={() => {
                onText('');
                field.current?.focus();
              }}
            />
          )
        }
      />
      <span id="search-help" hidden>
        {t('catalogue.search.help')}
      </span>
    </div>
  );
}
