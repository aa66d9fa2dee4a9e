import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useSyncStatus } from '../sync/use-sync-status.ts';
import styles from './shell.module.css';

/** More digits do not fit. */
const SHOWN_MAX = 99;

function workToDo({ pending, attention, conflicts }: SyncStatus) {
  return { pending, needsYou: attention + conflicts };
}

/** How much waits for the person, or else to be sent. */
export function SyncBadge() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { pending = 0, needsYou = 0 } = useSyncStatus(workToDo) ?? {};
  const count = needsYou || pending;
  if (count === 0) return null;
  const word = needsYou > 0 ? 'nav.needsYou' : 'nav.waiting';
  return (
    <span className={styles['badge']} data-urgent={needsYou > 0 || undefined}>
      <span aria-hidden>{count > SHOWN_MAX ? `${SHOWN_MAX}+` : formats.number(count)}</span>
      <VisuallyHidden>{t(word, { count, formatted: formats.number(count) })}</VisuallyHidden>
    </span>
  );
}
