import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useTRPCClient } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';

const FOUND_MAX = 2;

/** Opens the delivery of a code that is scanned while the screen is open, or that is typed. A closed one is found too. */
export function useOpenDelivery(): (code: string) => void {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const feedback = useScanFeedback();
  const [, navigate] = useLocation();

  const open = async (typed: string): Promise<void> => {
    const code = typed.trim();
    const question = { text: code, show: 'all', limit: FOUND_MAX } as const;
    const found = await client.deliveries.list.query(question);
    const [first] = found;
    const isMeant = first?.code.toLowerCase() === code.toLowerCase() || found.length === 1;
    if (!first || !isMeant) {
      feedback('unknown', t('deliveries.unknownCode', { code }));
      return;
    }
    feedback('ok', first.code);
    navigate(`/deliveries/${first.id}`);
  };
  const openOrSay = (code: string): void => {
    open(code).catch((error: unknown) =>
      feedback('problem', t(`error.${wireErrorOf(error).code}.title`)),
    );
  };
  useScanTask(({ text }) => openOrSay(text));
  return openOrSay;
}
