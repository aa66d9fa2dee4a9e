import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanOutcome, TallyView } from '../../shared/desktop/tally-views.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { useScanTask } from '../scan/use-scan-task.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { wireErrorOf } from '../wire-error-of.ts';
import { ScanQueue } from './scan-queue.ts';
import { useOutcomeWords } from './use-outcome-words.ts';
import { withOutcome } from './with-outcome.ts';

export interface TallyScans {
  /** Scans that are not on the disk yet. */
  waiting: number;
  /** What the newest one came to. */
  last: ScanOutcome | null;
  /** Takes a code that a person typed as a scan of it. */
  takeFrame: (frame: ScanFrame) => void;
  /** Resolves when no scan waits. */
  allTaken: () => Promise<void>;
}

interface Taken {
  tallyId: string;
  frame: ScanFrame;
}

/** Takes the window's scans into a tally. Tone, colour and words come when a scan is on the disk, and not before. */
export function useTallyScans(tallyId: string, isOn: boolean): TallyScans {
  const { t } = useTranslation();
  const feedback = useScanFeedback();
  const [waiting, setWaiting] = useState(0);
  const [last, setLast] = useState<ScanOutcome | null>(null);
  const idle = useRef<(() => void)[]>([]);
  const tallyOf = useRef(new Map<string, string>());
  const client = useTRPCClient();
  const show = useShownOutcome();

  const commit = useStableCallback(async ({ id: scanId, ...frame }: ScanFrame) =>
    client.tally.scan.mutate({ ...frame, scanId, tallyId: tallyOf.current.get(scanId) ?? tallyId }),
  );
  const onOutcome = useStableCallback((frame: ScanFrame, outcome: ScanOutcome) => {
    const id = tallyOf.current.get(frame.id) ?? tallyId;
    tallyOf.current.delete(frame.id);
    setLast(outcome);
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
    setWaiting(length);
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
        if (waiting === 0) resolve();
        else idle.current.push(resolve);
      }),
  );
  return { waiting, last, takeFrame, allTaken };
}

/** The app is started anew by itself when its worker or its page is gone for a moment. */
function isPassing(error: unknown): boolean {
  const { code, retryable } = wireErrorOf(error);
  return retryable || code === 'CANCELLED';
}

function useShownOutcome(): (taken: Taken, outcome: ScanOutcome) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const feedback = useScanFeedback();
  const words = useOutcomeWords();
  return useStableCallback(({ tallyId, frame }: Taken, outcome: ScanOutcome) => {
    // Untagged, because what is inferred from the wire has no readonly lists.
    const key: QueryKey = trpc.tally.get.queryKey({ tallyId });
    queryClient.setQueryData<TallyView>(
      key,
      (view) => view && withOutcome(view, outcome, frame.at),
    );
    // Where the tally is now, and which goods were put there by it, is read anew.
    if (outcome.kind === 'place') void queryClient.invalidateQueries({ queryKey: key });
    feedback(outcome.kind === 'place' ? 'ok' : outcome.kind, words(outcome));
  });
}
