import { buildIfChanged } from '../../../tools/start/build-if-changed.ts';

/** Before the first end-to-end test: they look at the renderer as it is shipped. */
export async function setup(): Promise<void> {
  await buildIfChanged(new AbortController().signal);
}
