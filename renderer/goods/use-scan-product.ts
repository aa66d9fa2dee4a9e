import { useTranslation } from 'react-i18next';
import type { ScanResult } from '../../shared/desktop/catalogue-views.ts';
import { readScan, type ScanContext } from '../../shared/scan/read-scan.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useSettings } from '../settings/use-settings.ts';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';

export interface ScannedProduct extends ScanResult {
  scan: ScanContext;
}

/** Takes the window's scans for a screen that asks for products. What is none is said, heard and left alone. */
export function useScanProduct(onProduct: (found: ScannedProduct) => void): void {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const feedback = useScanFeedback();
  const { settings } = useSettings();
  const take = async (frame: ScanFrame): Promise<void> => {
    const scan = readScan(frame.text, settings?.scanner ?? { separators: [] }, frame.at);
    const found = await client.catalogue.scan.query({ code: scan.code });
    if (found) {
      feedback('ok', found.product.name);
      onProduct({ ...found, scan });
      return;
    }
    feedback('unknown', t('scan.unknownCode', { code: scan.code }));
  };
  useScanTask((frame) => {
    take(frame).catch((error: unknown) =>
      feedback('problem', t(`error.${wireErrorOf(error).code}.title`)),
    );
  });
}
