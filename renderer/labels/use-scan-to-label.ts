import { useTranslation } from 'react-i18next';
import { readScan } from '../../shared/scan/read-scan.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useSettings } from '../settings/use-settings.ts';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { exactlyMeant, type FoundToLabel } from './find-to-label.ts';

/** While labels are on the screen, what is scanned gets one. Codes that nothing has are said so, and left out. */
export function useScanToLabel(onFound: (found: FoundToLabel) => void): void {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const feedback = useScanFeedback();
  const { settings } = useSettings();
  const take = async (frame: ScanFrame): Promise<void> => {
    const scan = readScan(frame.text, settings?.scanner ?? { separators: [] }, frame.at);
    const found = await exactlyMeant(client, scan);
    const [name] = [...found.products, ...found.places].map((one) =>
      'sku' in one ? one.name : one.code,
    );
    if (name === undefined) {
      feedback('unknown', t('scan.unknownCode', { code: scan.code }));
      return;
    }
    onFound(found);
    feedback('ok', name);
  };
  useScanTask((frame) => {
    take(frame).catch((error: unknown) => {
      feedback('problem', t(`error.${wireErrorOf(error).code}.title`));
    });
  });
}
