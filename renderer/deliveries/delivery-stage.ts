import type { DeliverySummary } from '../../shared/desktop/delivery-views.ts';

/** What a person does about a delivery, in the order in which it is urgent. */
export const DELIVERY_STAGES = ['overdue', 'today', 'arrived', 'later', 'closed'] as const;
export type DeliveryStage = (typeof DELIVERY_STAGES)[number];

/** Days are those of the person's own calendar. */
export function deliveryStage(
  { state, expectedAt }: Pick<DeliverySummary, 'state' | 'expectedAt'>,
  now: number,
): DeliveryStage {
  if (state !== 'expected') return state;
  if (expectedAt === null) return 'later';
  const today = dayOf(now);
  const due = dayOf(expectedAt);
  if (due === today) return 'today';
  return due < today ? 'overdue' : 'later';
}

function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
