import { useTranslation } from 'react-i18next';
import { chordOf, type KeyStroke } from '../../shared/scan/key-stroke.ts';
import { useFormats } from '../i18n/use-formats.ts';
import styles from './scanner.module.css';

/** A long code says nothing more about the scanner than a short one. */
const SHOWN_MAX = 80;

/** The keys of a scan and the time between them. */
export function ScanKeys({ strokes }: { strokes: readonly KeyStroke[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const gaps = strokes.slice(1).map(({ at }, before) => at - (strokes[before]?.at ?? at));
  const sorted = gaps.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  return (
    <details className={styles['keys']}>
      <summary>
        {t('scanner.keys', {
          count: strokes.length,
          formatted: formats.number(strokes.length),
          middle: formats.number(Math.round(middle)),
          longest: formats.number(Math.round(longest)),
        })}
      </summary>
      <ol>
        {strokes.slice(0, SHOWN_MAX).map((stroke, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- keys have no other name than their place
          <li key={at}>
            <kbd>{chordOf(stroke)}</kbd>
            {at > 0 && <span className="quiet">{Math.round(gaps[at - 1] ?? 0)} ms</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
