import { useTranslation } from 'react-i18next';
import { readScan } from '../../shared/scan/read-scan.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useSettings } from '../settings/use-settings.ts';
import type { Place } from '../stock/movement-draft.ts';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';

interface ScanGoodsOptions {
  onPlace: (place: Place) => void;
  onProduct: (productId: string) => void;
  hasPlace: boolean;
}

const PLACES_MAX = 10;

/** Takes scans for a screen that asks for a place and then for goods: a code that a place has is the place. */
export function useScanGoods({ onPlace, onProduct, hasPlace }: ScanGoodsOptions): void {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const feedback = useScanFeedback();
  const { settings } = useSettings();
  const take = async (frame: ScanFrame): Promise<void> => {
    const scan = readScan(frame.text, settings?.scanner ?? { separators: [] }, frame.at);
    const code = scan.location ?? scan.code;
    const places = await client.stock.locations.query({ text: code, limit: PLACES_MAX });
    const exact = places.filter((one) => one.code.toLowerCase() === code.toLowerCase());
    const [place] = exact;
    // A code that two sites have means neither.
    if (place && exact.length === 1) {
      onPlace(place);
      feedback('ok', t('scan.location', { code: place.code }));
      return;
    }
    const found = await client.catalogue.scan.query({ code: scan.code });
    if (!found) {
      feedback('unknown', t('scan.unknownCode', { code: scan.code }));
    } else if (hasPlace) {
      onProduct(found.product.id);
      feedback('ok', found.product.name);
    } else {
      feedback('problem', t('goods.placeFirst'));
    }
  };
  useScanTask((frame) => {
    take(frame).catch((error: unknown) =>
      feedback('problem', t(`error.${wireErrorOf(error).code}.title`)),
    );
  });
}
