import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { useTRPCClient } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import type { ScanDesk } from './scan-desk.ts';
import type { ScanFeedback } from './use-scan-feedback.ts';

interface OpenScannedOptions {
  desk: ScanDesk;
  feedback: ScanFeedback;
  profile: ScannerProfile | undefined;
}

/** What a scan does while no screen works with scans: it opens what was scanned, or says why it cannot. */
export function useOpenScanned(options: OpenScannedOptions): (frame: ScanFrame) => void {
  const { desk, feedback, profile } = options;
  const { t } = useTranslation();
  const client = useTRPCClient();
  const [, navigate] = useLocation();
  const newest = useRef('');
  const before = useRef(Promise.resolve());

  const open = async (frame: ScanFrame): Promise<void> => {
    // Only when it is needed: the app starts without the tables of GS1.
    const { readScan } = await import('../../shared/scan/read-scan.ts');
    const { code, location, problems } = readScan(frame.text, profile ?? NO_PROFILE, frame.at);
    if (location !== null) {
      navigate('/locations', { state: { text: location } });
      feedback('ok', t('scan.location', { code: location }));
      return;
    }
    const found = await client.catalogue.scan.query({ code });
    if (found) {
      // An answer that comes late must not lead away from what was scanned since.
      if (newest.current !== frame.id) return;
      navigate(`/product/${found.product.id}`, { state: { scannedCode: code } });
      feedback('ok', found.product.name);
      return;
    }
    desk.keepUnknown(code, frame.at);
    const problem = problems[0];
    if (problem) feedback('problem', t(`scan.problem.${problem}`, { code }));
    else feedback('unknown', t('scan.unknownCode', { code }));
  };

  return useStableCallback((frame) => {
    if (document.querySelector('[role="dialog"]')) {
      feedback('problem', t('scan.dialogOpen'));
      return;
    }
    newest.current = frame.id;
    // One after the other, so that what is said last is about the last scan.
    before.current = before.current
      .then(() => open(frame))
      .catch((error: unknown) => {
        feedback('problem', t(`error.${wireErrorOf(error).code}.title`));
      });
  });
}

const NO_PROFILE = { separators: [] };
