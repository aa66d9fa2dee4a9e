import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useRecordWords } from '../records/use-record-words.ts';
import type { Effect } from './decision.ts';
import type { FieldConflict } from './group-conflicts.ts';
import styles from './work.module.css';

/** What the choices will do, before they do it. */
export function EffectWords({ effect }: { effect: Effect }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const words = useRecordWords();
  const list = new Intl.ListFormat(i18n.language);
  const named = (conflicts: readonly FieldConflict[]): string =>
    list.format(conflicts.map(({ field }) => words.column(field)));
  const left = effect.open.length;
  const sentences = [
    effect.mine.length > 0 && t('decide.effect.mine', { fields: named(effect.mine) }),
    effect.other.length > 0 && t('decide.effect.merged', { fields: named(effect.other) }),
    effect.theirs.length > 0 && t('decide.effect.theirs', { fields: named(effect.theirs) }),
    left > 0
      ? t('decide.choose', { count: left, formatted: formats.number(left) })
      : t('decide.effect.rest'),
  ];
  return (
    <p className={styles['effect']} role="status">
      {sentences.filter((one) => one !== false).join(' ')}
    </p>
  );
}
