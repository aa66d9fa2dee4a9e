import { useTranslation } from 'react-i18next';
import type { ScanOutcome } from '../../shared/desktop/tally-views.ts';
import { useFormats } from '../i18n/use-formats.ts';

/** What a scan came to, in words that are shown and read out. */
export function useOutcomeWords(): (outcome: ScanOutcome) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ kind, problem, code, productName, line, locationCode }) => {
    if (kind === 'place') return t('tally.said.place', { code: locationCode ?? code });
    if (kind === 'unknown') return t('tally.said.unknown', { code });
    const name = productName ?? locationCode ?? code;
    const why = problem === null ? '' : t(`tally.problem.${problem}`);
    if (!line) return t('tally.said.notCounted', { name, why });
    const total = `${formats.number(line.quantity)} ${line.unit}`;
    return problem === null
      ? t('tally.said.counted', { name, total })
      : t('tally.said.doubted', { name, total, why });
  };
}
