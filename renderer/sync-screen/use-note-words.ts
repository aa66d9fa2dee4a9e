import { useTranslation } from 'react-i18next';
import type { SyncLogNote } from '../../shared/desktop/sync-state.ts';
import { useFormats } from '../i18n/use-formats.ts';

/** A sentence for what the log keeps beside runs. */
export function useNoteWords(): (note: SyncLogNote) => string {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (note) => {
    switch (note.type) {
      case 'loopSuppressed':
        return t('log.note.loopSuppressed', { unit: t(`sync.unit.${note.unit}`) });
      case 'unitsDiscarded': {
        const units = note.units.map((unit) => t(`sync.unit.${unit}`));
        return t('log.note.unitsDiscarded', {
          units: new Intl.ListFormat(i18n.language).format(units),
        });
      }
      case 'settledAgain':
        return t('log.note.settledAgain', { unit: t(`sync.unit.${note.unit}`) });
      case 'deviceRenewed':
        return t('log.note.deviceRenewed');
      case 'operationsResent': {
        const { count } = note;
        return t('log.note.operationsResent', { count, formatted: formats.number(count) });
      }
      case 'photoRefused': {
        const { count, code } = note;
        const formatted = formats.number(count);
        return t('log.note.photoRefused', { count, formatted, reason: t(`error.${code}.title`) });
      }
      case 'backupMade':
        return t('log.note.backupMade', { file: note.file });
      case 'storeRestored':
        return t('log.note.storeRestored', { file: note.file });
    }
  };
}
