import { useTranslation } from 'react-i18next';
import type { CountSummary } from '../../shared/desktop/count-views.ts';
import { useFormats } from '../i18n/use-formats.ts';

type Plan = Pick<CountSummary, 'zone' | 'categoryName' | 'abc' | 'notSince'>;

/** What a count is about, in words. */
export function usePlanWords(): (plan: Plan) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ zone, categoryName, abc, notSince }) => {
    const words = [
      zone !== null && t('counts.ofZone', { zone }),
      categoryName,
      abc !== null && t('counts.ofClass', { abc }),
      notSince !== null && t('counts.ofOld', { day: formats.day(notSince) }),
    ].filter((word) => typeof word === 'string');
    return words.length === 0 ? t('counts.whole') : words.join(' · ');
  };
}
