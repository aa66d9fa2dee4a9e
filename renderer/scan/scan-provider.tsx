import { type ReactNode, useEffect, useState } from 'react';
import type { ScannerProfile } from '../../shared/scan/scanner-profile.ts';
import { useEnvironment } from '../environment.ts';
import { Gathering } from '../gathering.ts';
import { useSettings } from '../settings/use-settings.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { listenForScans } from './listen-for-scans.ts';
import { ScanDesk, ScanDeskContext } from './scan-desk.ts';
import { ScanNotice } from './scan-notice.tsx';
import { type RoutedScan, ScanRouter } from './scan-router.ts';
import { createTonePlayer, type ScanOutcome } from './tones.ts';
import { useOpenScanned } from './use-open-scanned.ts';
import { ScanFeedbackContext } from './use-scan-feedback.ts';

/** Wide enough for the slowest scanner, while it is found out how it types. */
const LEARNING_GAP_MS = 120;
const NOTICES_GATHERED_MAX = 100;

interface Notice {
  outcome: ScanOutcome;
  text: string;
}

/** Listens for scans in the whole window and gives them to whoever works with them. */
export function ScanProvider({ children }: { children: ReactNode }) {
  const { keyTime, openAudio, newId, now } = useEnvironment();
  const { settings } = useSettings();
  const [desk] = useState(() => new ScanDesk());
  const [playTone] = useState(() => createTonePlayer(openAudio));
  const [notices] = useState(
    () =>
      new Gathering<Notice>({
        take: (gathered) => {
          // What is good comes by itself in great numbers; it must not cover what needs a look.
          const shown = gathered.findLast((one) => one.outcome !== 'ok') ?? gathered.at(-1);
          if (shown) desk.showNotice(shown.outcome, shown.text);
        },
        max: NOTICES_GATHERED_MAX,
        setTimer: (ms, callback) => void setTimeout(callback, ms),
      }),
  );
  const feedback = useStableCallback((outcome: ScanOutcome, text: string) => {
    if (settings?.feedback.sound) playTone(outcome, settings.feedback.volume);
    notices.add({ outcome, text });
  });
  const openScanned = useOpenScanned({ desk, feedback, profile: settings?.scanner });
  const onScan = useStableCallback(({ text, raw, strokes }: RoutedScan) => {
    const frame = { id: newId(), text, raw, at: now() };
    const task = desk.newestTask() ?? openScanned;
    try {
      task(frame, strokes);
    } catch (error) {
      // The end key of the scan must be kept from the page in any case.
      reportError(error);
    }
  });
  useRouter({ profile: settings?.scanner, desk, onScan, keyTime });
  return (
    <ScanDeskContext value={desk}>
      <ScanFeedbackContext value={feedback}>
        {children}
        <ScanNotice desk={desk} flash={settings?.feedback.flash ?? false} />
      </ScanFeedbackContext>
    </ScanDeskContext>
  );
}

function useRouter(options: {
  profile: ScannerProfile | undefined;
  desk: ScanDesk;
  onScan: (scan: RoutedScan) => void;
  keyTime: (event: KeyboardEvent) => number;
}): void {
  const { profile, desk, onScan, keyTime } = options;
  useEffect(() => {
    if (!profile) return undefined;
    const learning: ScannerProfile = {
      ...profile,
      prefix: '',
      suffix: 'none',
      gapMs: LEARNING_GAP_MS,
    };
    const router = new ScanRouter({
      profile: () => (desk.isLearning ? learning : profile),
      isLearning: () => desk.isLearning,
      onScan,
    });
    return listenForScans(window, router, keyTime);
  }, [profile, desk, onScan, keyTime]);
}
