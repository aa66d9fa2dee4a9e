import { code128, datamatrix } from 'bwip-js/generic';
import { GS } from '../../shared/scan/group-separator.ts';
import { CALIBRATION_TEXT } from '../../shared/scan/learn-profile.ts';
import { collectShapes, type Drawn } from '../labels/encode-barcode.ts';

/** FNC1 at the start makes it a GS1 symbol, so that readers send the one in the middle as their separator. */
const TEXT = `^FNC1${CALIBRATION_TEXT.replace(GS, '^FNC1')}`;

/** The calibration barcode as an SVG path, for cameras as a square, for lasers as bars. */
export function encodeCalibration(kind: 'square' | 'bars'): Drawn {
  const options = { text: TEXT, parsefnc: true, scale: 1 };
  return kind === 'square'
    ? datamatrix({ ...options, bcid: 'datamatrix' }, collectShapes())
    : { ...code128({ ...options, bcid: 'code128' }, collectShapes()), height: 1 };
}
