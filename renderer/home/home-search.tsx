import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { SEARCH_TEXT_LENGTH_MAX } from '../catalogue/search-text.ts';
import { useSearchText } from '../catalogue/session.tsx';
import { SEARCH_COMMAND, SEARCH_KEYS } from '../commands/command-ids.ts';
import { useCommand } from '../commands/use-command.ts';
import styles from './home.module.css';

/** Goes to the catalogue with what was typed. */
export function HomeSearch() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { setText } = useSearchText();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useCommand({
    id: SEARCH_COMMAND,
    words: t('home.search'),
    keys: SEARCH_KEYS,
    Icon: IconSearch,
    run: () => field.current?.focus(),
  });
  const search = (event: SubmitEvent): void => {
    event.preventDefault();
    setText(typed.trim());
    navigate('/catalogue');
  };
  return (
    <form role="search" className={styles['search']} onSubmit={search}>
      <TextInput
        ref={field}
        type="search"
        size="lg"
        aria-label={t('home.search')}
        placeholder={t('home.searchPlaceholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={SEARCH_TEXT_LENGTH_MAX}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<IconSearch aria-hidden size={22} />}
      />
    </form>
  );
}
