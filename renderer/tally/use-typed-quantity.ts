import { useEffect, useRef, useState } from 'react';
import type { TallyLine } from '../../shared/desktop/tally-views.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import type { TallySession } from './use-tally.ts';

/** After the last key. A scan into the field is over by then, and what it typed was taken out again. */
const QUIET_MS = 150;
/** After the first key, however long the typing goes on. */
const LATEST_MS = 250;
const QUANTITY_MAX = 1_000_000_000;

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
}

/** The number of a line: what was typed is stored within a quarter of a second, and before anything is posted. */
export function useTypedQuantity(line: TallyLine, session: TallySession): TypedQuantity {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const newest = useRef<Typed | null>(null);
  const timers = useRef<{ quiet: number; latest: number }>({ quiet: 0, latest: 0 });
  const underWay = useRef<Promise<void>>(Promise.resolve());

  const stopTimers = (): void => {
    window.clearTimeout(timers.current.quiet);
    window.clearTimeout(timers.current.latest);
    timers.current = { quiet: 0, latest: 0 };
  };
  const storeNewest = async (isDone: boolean): Promise<void> => {
    stopTimers();
    const mine = newest.current;
    // An empty field is somebody in the middle of typing, until they leave it.
    if (!mine || (mine.quantity === null && !isDone)) return;
    const isNew = mine.quantity !== (mine.quantity === null ? line.typed : line.quantity);
    if (isNew) {
      const { productId, locationId, lot, serial, expiresOn } = line;
      const goods = { productId, locationId, lot, serial, expiresOn };
      await session.type({ ...goods, quantity: mine.quantity });
    }
    if (newest.current !== mine) return;
    newest.current = null;
    setTyped(null);
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
  const storeSoon = (): void => void store(false).catch(() => undefined);

  const { addTyped } = session;
  useEffect(() => {
    const forget = addTyped(() => store(true));
    return () => {
      forget();
      // A row that is scrolled out of sight.
      store(true).catch(() => undefined);
    };
  }, [addTyped, store]);

  return {
    shown: typed ? typed.quantity : line.quantity,
    error,
    onDone: () => void store(true).catch(() => undefined),
    onType: (quantity) => {
      newest.current = { quantity: quantity === null ? null : Math.min(quantity, QUANTITY_MAX) };
      setTyped(newest.current);
      window.clearTimeout(timers.current.quiet);
      timers.current.quiet = window.setTimeout(storeSoon, QUIET_MS);
      if (timers.current.latest === 0) {
        timers.current.latest = window.setTimeout(storeSoon, LATEST_MS);
      }
    },
  };
}
