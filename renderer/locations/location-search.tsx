import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchHotkeys } from '../catalogue/use-search-hotkeys.ts';
import styles from './locations.module.css';

const TEXT_LENGTH_MAX = 200;

interface LocationSearchProps {
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
}

/** Start of a code or part of a name; a scan lands here wherever the focus is. Enter opens the first, Escape clears. */
export function LocationSearch({ text, onText, onEnter }: LocationSearchProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useSearchHotkeys(field);
  return (
    <TextInput
      ref={field}
      className={styles['search']}
      type="search"
      data-scan="type"
      label={t('locations.find')}
      placeholder={t('locations.findPlaceholder')}
      leftSection={<IconSearch aria-hidden size={20} />}
      autoComplete="off"
      spellCheck={false}
      autoFocus
      maxLength={TEXT_LENGTH_MAX}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && text.trim() !== '') onEnter();
        if (event.key === 'Escape') onText('');
      }}
    />
  );
}
