import { createContext, use } from 'react';
import type { ScanOutcome } from './tones.ts';

/** Makes the outcome of a scan heard, seen and read out, as the settings say. The text says it in words. */
export type ScanFeedback = (outcome: ScanOutcome, text: string) => void;

export const ScanFeedbackContext = createContext<ScanFeedback | null>(null);

export function useScanFeedback(): ScanFeedback {
  const feedback = use(ScanFeedbackContext);
  if (!feedback) throw new Error('ScanProvider is missing above this component');
  return feedback;
}
