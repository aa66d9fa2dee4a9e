/** Work goes on for so long before the window may draw and take keys again. */
const STEP_MS = 8;

/** To be awaited after every small piece of long work; rejects once the signal is aborted. */
export function paced(signal: AbortSignal): () => Promise<void> {
  let lastAt = performance.now();
  return async () => {
    if (performance.now() - lastAt < STEP_MS) return;
    await nextTask();
    signal.throwIfAborted();
    lastAt = performance.now();
  };
}

export async function nextTask(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
