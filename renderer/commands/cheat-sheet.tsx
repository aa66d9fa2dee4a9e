import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSettings } from '../settings/use-settings.ts';
import type { Command } from './command.ts';
import { useCommands } from './commands-context.tsx';
import { KeyWords } from './key-words.tsx';
import styles from './commands.module.css';

/** Keys that mean the same in every list and dialog, and belong to no command. */
const EVERYWHERE = [
  ['ArrowUp', 'arrows'],
  ['Enter', 'enter'],
  ['Escape', 'escape'],
] as const;

/** Which keys do what, here and now. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CheatSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const withKeys = useCommands().filter(({ keys }) => keys !== undefined);
  return (
    <Modal
      opened
      onClose={onClose}
      size="46rem"
      title={t('commands.cheatSheet')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      {settings?.singleKeyShortcuts === false && (
        <p className={styles['off']}>
          {t('commands.singleKeysOff')}{' '}
          <Link href="/settings" onClick={onClose}>
            {t('nav.settings')}
          </Link>
        </p>
      )}
      <div className={styles['sheet']}>
        <KeyTable title={t('commands.group.actions')} of={withKeys.filter((one) => !one.isPlace)} />
        <KeyTable title={t('commands.group.places')} of={withKeys.filter((one) => one.isPlace)} />
        <section>
          <h3>{t('commands.everywhere')}</h3>
          <dl className={styles['table']}>
            {EVERYWHERE.map(([keys, word]) => (
              <div key={keys}>
                <dt>{t(`commands.general.${word}`)}</dt>
                <dd>{keys === 'ArrowUp' ? <Arrows /> : <KeyWords keys={keys} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Arrows() {
  return (
    <span className={styles['keys']}>
      <kbd>↑</kbd>
      <kbd>↓</kbd>
    </span>
  );
}

function KeyTable({ title, of }: { title: string; of: readonly Command[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles['table']}>
        {of.map(({ id, words, keys }) => (
          <div key={id}>
            <dt>{words}</dt>
            <dd>{keys !== undefined && <KeyWords keys={keys} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
