import { useEffect, useState } from 'react';
import { useEnvironment } from './environment.ts';

/** The time, read again every so often, for ages that tick. */
export function useNow(everyMs: number): number {
  const { now } = useEnvironment();
  const [value, setValue] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setValue(now()), everyMs);
    return () => clearInterval(timer);
  }, [now, everyMs]);
  return value;
}
