import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CountLineView,
  CountPlaceView,
  CountSummary,
} from '../../shared/desktop/count-views.ts';
import { sheetJob } from '../labels/print-sheet.tsx';
import { usePrint } from '../labels/use-print.tsx';
import { useTRPCClient } from '../trpc.ts';
import { CountPaper } from './count-paper.tsx';

/** Of a sheet: 80 pages. More is counted on a screen. */
const ROWS_MAX = 3_000;
const PAGE = 500;

interface PrintCount {
  print: () => void;
  isReading: boolean;
  error: unknown;
  printed: ReactNode;
}

/** Reads a count page by page and prints it: the places to be counted, or what was found. */
export function usePrintCount(count: CountSummary): PrintCount {
  const { t } = useTranslation();
  const client = useTRPCClient();
  const printing = usePrint();
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const read = async (): Promise<ReactNode> => {
    const countId = count.id;
    if (count.stage === 'planned' || count.stage === 'counting') {
      const places = await allOf<CountPlaceView>((offset) =>
        client.counts.places.query({ countId, offset, limit: PAGE }),
      );
      return <CountPaper count={count} places={places} lines={null} />;
    }
    const lines = await allOf<CountLineView>((offset) =>
      client.counts.lines.query({ countId, offset, limit: PAGE }),
    );
    return <CountPaper count={count} places={[]} lines={lines} />;
  };
  const print = async (): Promise<void> => {
    setReading(true);
    setError(null);
    try {
      await printing.print(sheetJob(t('counts.paper', { code: count.code }), await read()));
    } catch (failure) {
      setError(failure);
    } finally {
      setReading(false);
    }
  };
  return {
    print: () => {
      if (!isReading) void print();
    },
    isReading,
    error: error ?? printing.error,
    printed: printing.printed,
  };
}

async function allOf<T>(
  read: (offset: number) => Promise<{ items: readonly T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let whole = false; !whole && all.length < ROWS_MAX;) {
    const { items, total } = await read(all.length);
    all.push(...items);
    whole = items.length === 0 || all.length >= total;
  }
  return all;
}
