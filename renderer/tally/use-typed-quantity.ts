import { useEffect, useRef, useState } from 'react';
import type { TallyLine } from '../../shared/desktop/tally-views.ts';
import { useEnvironment } from '../environment.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { TypingClock } from './typing-clock.ts';
import type { TallyWriter } from './use-tally-writer.ts';

const QUANTITY_MAX = 1_000_000_000;

export type QuantityWriter = Pick<TallyWriter, 'type' | 'addTyped'>;

export interface TypedQuantity {
  /** Null: the field is empty for now. */
  shown: number | null;
  onType: (quantity: number | null) => void;
  /** The person is done with the field: empty means that the scans count again. */
  onDone: () => void;
  /** It could not be stored. */
  error: unknown;
}

interface Typed {
  quantity: number | null;
  /** What the field showed before. */
  before: number;
}

/** The number of a line: what was typed is stored within a quarter of a second, and before anything is posted. */
export function useTypedQuantity(line: TallyLine, writer: QuantityWriter): TypedQuantity {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const newest = useRef<Typed | null>(null);
  const { now } = useEnvironment();
  const underWay = useRef<Promise<void>>(Promise.resolve());

  const forget = (): void => {
    clock.stop();
    newest.current = null;
    setTyped(null);
  };
  const storeNewest = async (isDone: boolean): Promise<void> => {
    clock.stop();
    const mine = newest.current;
    // An empty field is somebody in the middle of typing, until they leave it.
    if (!mine || (mine.quantity === null && !isDone)) return;
    if (mine.quantity !== null || line.typed !== null) {
      const { productId, locationId, lot, serial, expiresOn } = line;
      const goods = { productId, locationId, lot, serial, expiresOn };
      await writer.type({ ...goods, quantity: mine.quantity });
    }
    if (newest.current === mine) forget();
  };
  const store = useStableCallback((isDone: boolean): Promise<void> => {
    // One after the other, so that the last that was typed is the last that is stored.
    underWay.current = underWay.current
      .catch(() => undefined)
      .then(() => storeNewest(isDone))
      .then(
        () => setError(null),
        (reason: unknown) => {
          setError(reason);
          throw reason;
        },
      );
    return underWay.current;
  });
  const [clock] = useState(
    () => new TypingClock(now, () => void store(false).catch(() => undefined)),
  );

  const { addTyped } = writer;
  useEffect(() => {
    const remove = addTyped(() => store(true));
    return () => {
      remove();
      // A row that is scrolled out of sight.
      store(true).catch(() => undefined);
    };
  }, [addTyped, store]);

  return {
    shown: typed ? typed.quantity : line.quantity,
    error,
    onDone: () => void store(true).catch(() => undefined),
    onType: (quantity) => {
      const before = newest.current?.before ?? line.quantity;
      // A scan into the field was taken out again. To store what it shows would undo what was scanned meanwhile.
      if (quantity === before) return forget();
      newest.current = {
        quantity: quantity === null ? null : Math.min(quantity, QUANTITY_MAX),
        before,
      };
      setTyped(newest.current);
      clock.key();
    },
  };
}
