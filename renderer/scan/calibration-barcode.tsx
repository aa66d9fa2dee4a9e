import { SegmentedControl } from '@mantine/core';
import { type CSSProperties, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encodeCalibration } from './encode-calibration.ts';
import styles from './scanner.module.css';

/** White around it, without which no scanner finds it, in its narrowest bars. */
const QUIET = { square: 2, bars: 12 };
/** The bars in per cent of their width. */
const BAR_HEIGHT = 0.2;

/** The barcode that tells how a scanner types. Scanned from the screen by cameras; lasers need it on paper. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CalibrationBarcode() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'square' | 'bars'>('square');
  const { path, width, height } = useMemo(() => encodeCalibration(kind), [kind]);
  const quiet = QUIET[kind];
  const drawnHeight = kind === 'square' ? height : width * BAR_HEIGHT;
  return (
    <div className={styles['barcode']}>
      <SegmentedControl
        aria-label={t('scanner.barcodeKind')}
        size="md"
        value={kind}
        onChange={(next) => setKind(next === 'bars' ? 'bars' : 'square')}
        data={[
          { value: 'square', label: t('scanner.square') },
          { value: 'bars', label: t('scanner.bars') },
        ]}
      />
      <svg
        role="img"
        aria-label={t('scanner.barcode')}
        data-kind={kind}
        style={{ '--modules': `${width + 2 * quiet}px` } as CSSProperties}
        viewBox={`0 0 ${width + 2 * quiet} ${drawnHeight + 2 * quiet}`}
        shapeRendering="crispEdges"
      >
        <rect width="100%" height="100%" fill="#fff" />
        <g transform={`translate(${quiet} ${quiet}) scale(1 ${drawnHeight / height})`}>
          <path d={path} fill="#000" fillRule="evenodd" />
        </g>
      </svg>
    </div>
  );
}
