import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { wireErrorOf } from '../wire-error-of.ts';

/** Why somebody could not come in, with what is left to them: attempts, or a time to wait. */
export function useEntryProblem(): (error: unknown) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return (error) => {
    const { code, details } = wireErrorOf(error);
    const left = Number(details['attemptsLeft'] ?? 0);
    const wait = Number(details['retryAfterMs'] ?? 0);
    const title = t(`error.${code}.title`);
    if (code === 'WRONG_PIN' && left > 0) {
      const more = t('session.pin.left', { count: left, formatted: formats.number(left) });
      return `${title}. ${more}`;
    }
    if (code === 'TOO_MANY_REQUESTS' && wait > 0) {
      return `${title}. ${t('session.wait', { time: formats.duration(wait) })}`;
    }
    return `${title}. ${t(`error.${code}.next`)}`;
  };
}
