import { Button, SegmentedControl } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type CSSProperties, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { A4 } from '../../shared/desktop/printing.ts';
import { usePrint } from '../labels/use-print.tsx';
import { ErrorWords } from '../sync/error-words.tsx';
import { wireErrorOf } from '../wire-error-of.ts';
import { encodeCalibration } from './encode-calibration.ts';
import styles from './scanner.module.css';

/** White around it, without which no scanner finds it, in its narrowest bars. */
const QUIET = { square: 2, bars: 12 };
/** As wide as the narrowest bar of a shop's labels, which every laser reads; squares are read from further away. */
const PRINTED_MODULE_MM = { square: 1, bars: 0.4 };
const PAPER_MARGIN_MM = 15;
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
  const printing = usePrint();
  const drawing = (size?: string) => (
    <svg
      role="img"
      aria-label={t('scanner.barcode')}
      data-kind={kind}
      style={{ '--modules': `${width + 2 * quiet}px`, width: size } as CSSProperties}
      viewBox={`0 0 ${width + 2 * quiet} ${drawnHeight + 2 * quiet}`}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <g transform={`translate(${quiet} ${quiet}) scale(1 ${drawnHeight / height})`}>
        <path d={path} fill="#000" fillRule="evenodd" />
      </g>
    </svg>
  );
  const print = (): void => {
    const name = t('scanner.barcode');
    const content = drawing(`${(width + 2 * quiet) * PRINTED_MODULE_MM[kind]}mm`);
    // What went wrong is kept in `error`.
    printing.print({ name, paper: A4, margin: PAPER_MARGIN_MM, content }).catch(() => undefined);
  };
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
      {drawing()}
      <Button variant="default" leftSection={<IconPrinter aria-hidden size={20} />} onClick={print}>
        {t('scanner.print')}
      </Button>
      {printing.error !== null && <ErrorWords error={wireErrorOf(printing.error)} />}
      {printing.printed}
    </div>
  );
}
