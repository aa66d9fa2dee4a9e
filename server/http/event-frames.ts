const SILENCE = Symbol('silence');

/**
 * Server-sent events as tRPC frames a subscription's values: `connected` first, `ping` where nothing else came for
 * `heartbeatMs`, `return` last. Each is one piece, so that it is one write to the connection; tRPC's own streams make
 * two of it, and pass it through four queues: 0.3 ms of processor for each line that is told.
 */
export async function* eventFrames({
  first,
  rest,
  heartbeatMs,
}: {
  first: IteratorResult<unknown>;
  rest: AsyncIterator<unknown>;
  heartbeatMs: number;
}): AsyncGenerator<string, void, void> {
  let lead = 'event: connected\ndata: {}\n\n';
  let coming = Promise.resolve(first);
  for (;;) {
    const next = await orSilence(coming, heartbeatMs);
    if (next === SILENCE) {
      yield `${lead}event: ping\ndata: \n\n`;
    } else if (next.done === true) {
      yield `${lead}event: return\ndata: \n\n`;
      return;
    } else {
      yield `${lead}data: ${JSON.stringify(next.value)}\n\n`;
      coming = rest.next();
    }
    lead = '';
  }
}

function orSilence<T>(coming: Promise<T>, ms: number): Promise<T | typeof SILENCE> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof SILENCE>((resolve) => {
    timer = setTimeout(resolve, ms, SILENCE);
    timer.unref();
  });
  return Promise.race([coming, silence]).finally(() => clearTimeout(timer));
}
