import { IconCalendarDue, IconEyeCheck, IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayApproveCounts } from '../../shared/domain/may-approve-counts.ts';
import { useEnvironment } from '../environment.ts';
import type { AttentionItem, AttentionSource } from '../home/attention.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { usePerson } from '../people/use-person.ts';
import { useTRPC } from '../trpc.ts';

const COUNTS_MAX = 500;

/** Counts that are due, that this person shall count, and that this person may approve. */
export const useCountAttention: AttentionSource = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { now } = useEnvironment();
  const person = usePerson();
  const read = { limit: COUNTS_MAX };
  const { data: open = [] } = useQuery(trpc.counts.list.queryOptions({ ...read, show: 'open' }));
  const { data: toReview = [] } = useQuery(
    trpc.counts.list.queryOptions({ ...read, show: 'review' }),
  );
  const isMine = ({ counters }: (typeof open)[number]): boolean =>
    counters.some(({ id }) => id === person?.id);
  const mine = open.filter(isMine);
  const due = open.filter((one) => one.dueAt !== null && one.dueAt <= now() && !isMine(one));
  const approvable = toReview.filter(
    ({ countedBy }) =>
      (!person || mayApproveCounts(person)) && countedBy.every(({ id }) => id !== person?.id),
  );
  const words = (key: 'due' | 'mine' | 'review', count: number): string =>
    t(`counts.attention.${key}`, { count, formatted: formats.number(count) });
  const items: (AttentionItem | null)[] = [
    due.length === 0
      ? null
      : {
          id: 'countsDue',
          tone: 'warn',
          words: words('due', due.length),
          path: '/counts',
          Icon: IconCalendarDue,
        },
    mine.length === 0
      ? null
      : {
          id: 'countsMine',
          tone: 'plain',
          words: words('mine', mine.length),
          path: '/counts',
          Icon: IconListCheck,
        },
    approvable.length === 0
      ? null
      : {
          id: 'countsReview',
          tone: 'plain',
          words: words('review', approvable.length),
          path: '/counts',
          Icon: IconEyeCheck,
        },
  ];
  return items.filter((item) => item !== null);
};
