import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanOutcome } from '../../shared/desktop/tally-views.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { ScanQueue } from './scan-queue.ts';
import type { TallyChanges } from './use-tally-changes.ts';
import { useOutcomeWords } from './use-outcome-words.ts';
import { useWaiting } from './use-waiting.ts';
import { withOutcome } from './with-outcome.ts';

export interface TallyScans {
  /** Scans that have been waiting for the disk for a while. */
  waiting: number;
  /** Takes a code that a person typed as a scan of it. */
  takeFrame: (frame: ScanFrame) => void;
  /** Resolves when no scan waits. */
  allTaken: () => Promise<void>;
}

interface Taken {
  tallyId: string;
  frame: ScanFrame;
}

interface TallyInSight {
  tallyId: string;
  changes: TallyChanges;
  isOn: boolean;
}

/** Takes the window's scans into a tally. Tone, colour and words come when a scan is on the disk, and not before. */
export function useTallyScans({ tallyId, changes, isOn }: TallyInSight): TallyScans {
  const { t } = useTranslation();
  const feedback = useScanFeedback();
  const [waiting, showLength] = useWaiting();
  const idle = useRef<(() => void)[]>([]);
  const tallyOf = useRef(new Map<string, string>());
  const client = useTRPCClient();
  const show = useShownOutcome(changes);

  const commit = useStableCallback(async ({ id: scanId, ...frame }: ScanFrame) =>
    client.tally.scan.mutate({ ...frame, scanId, tallyId: tallyOf.current.get(scanId) ?? tallyId }),
  );
  const onOutcome = useStableCallback((frame: ScanFrame, outcome: ScanOutcome) => {
    const id = tallyOf.current.get(frame.id) ?? tallyId;
    tallyOf.current.delete(frame.id);
    show({ tallyId: id, frame }, outcome);
  });
  const onRefused = useStableCallback((frame: ScanFrame, error: unknown) => {
    tallyOf.current.delete(frame.id);
    feedback(
      'problem',
      t('tally.said.lost', { code: frame.text, why: t(`error.${wireErrorOf(error).code}.title`) }),
    );
  });
  const onLength = useStableCallback((length: number) => {
    showLength(length);
    if (length > 0) return;
    for (const resolve of idle.current.splice(0)) resolve();
  });
  const [queue] = useState(
    () =>
      new ScanQueue<ScanOutcome>({
        commit,
        isPassing: (error) => isPassing(error),
        onOutcome,
        onRefused,
        onLength,
        setTimer: (ms, callback) => void setTimeout(callback, ms),
      }),
  );

  const takeFrame = useStableCallback((frame: ScanFrame) => {
    // A scan belongs to what was being done when it was made, wherever the person is when its turn comes.
    tallyOf.current.set(frame.id, tallyId);
    if (queue.push(frame)) return;
    tallyOf.current.delete(frame.id);
    feedback('problem', t('tally.said.full'));
  });
  useScanTask(isOn ? takeFrame : null);
  const allTaken = useStableCallback(
    () =>
      new Promise<void>((resolve) => {
        if (queue.length === 0) resolve();
        else idle.current.push(resolve);
      }),
  );
  return { waiting, takeFrame, allTaken };
}

/** The app is started anew by itself when its worker or its page is gone for a moment. */
function isPassing(error: unknown): boolean {
  const { code, retryable } = wireErrorOf(error);
  return retryable || code === 'CANCELLED';
}

function useShownOutcome(changes: TallyChanges): (taken: Taken, outcome: ScanOutcome) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const feedback = useScanFeedback();
  const words = useOutcomeWords();
  return useStableCallback(({ tallyId, frame }: Taken, outcome: ScanOutcome) => {
    changes.add({ tallyId, change: (view) => withOutcome(view, outcome, frame.at) });
    feedback(outcome.kind === 'place' ? 'ok' : outcome.kind, words(outcome));
    if (outcome.kind !== 'place') return;
    // Where the tally is now, and which goods were put there by it, is read anew.
    changes.takeNow();
    void queryClient.invalidateQueries(trpc.tally.get.queryFilter({ tallyId }));
  });
}
