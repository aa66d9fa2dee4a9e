import { useTranslation } from 'react-i18next';
import { isApple } from './is-apple.ts';
import styles from './commands.module.css';

const APPLE: Readonly<Record<string, string>> = { $mod: '⌘', Shift: '⇧', Alt: '⌥' };

/** Keys as they are printed on the keyboard. */
export function KeyWords({ keys }: { keys: string }) {
  const { t } = useTranslation();
  const nameOf = (part: string): string => {
    if (isApple() && APPLE[part] !== undefined) return APPLE[part];
    if (part === '$mod') return t('commands.keyNames.control');
    if (part === 'Shift') return t('commands.keyNames.shift');
    if (part === 'Enter') return t('commands.keyNames.enter');
    if (part === 'Escape') return t('commands.keyNames.escape');
    return part.replace(/^Key/, '').toUpperCase();
  };
  const presses = keys.split(' ').map((press) =>
    // A modifier in brackets depends on the layout of the keyboard, and is printed nowhere.
    press
      .replace(/\[\w+\]\+/, '')
      .split('+')
      .map(nameOf),
  );
  return (
    <span className={styles['keys']}>
      {presses.map((press, at) => (
        <span key={press.join('+')} className={styles['press']}>
          {at > 0 && <span className={styles['then']}>{t('commands.keyNames.then')}</span>}
          {press.map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
