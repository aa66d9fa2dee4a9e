import { type ComponentType, lazy } from 'react';
import type { WhenIdle } from '../environment.ts';

/** A file of the app could not be read. A page keeps that answer for as long as it lives: only a new page asks again. */
export class PartNotLoaded extends Error {
  override name = 'PartNotLoaded';
}

const prefetches: (() => void)[] = [];

/** Styles of controls that the first screen does without. Their order among the other styles is Mantine's. */
const loadControlStyles = (): Promise<unknown> => import('../style/controls.css');

/** A part of the app that is loaded when it is drawn for the first time, or in an idle moment before. */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let loaded: Promise<{ default: ComponentType<Props> }> | null = null;
  const ask = (): Promise<{ default: ComponentType<Props> }> => {
    loaded ??= Promise.all([load(), loadControlStyles()]).then(
      ([module]) => module,
      (cause: unknown) => {
        throw new PartNotLoaded('A file of the app could not be read.', { cause });
      },
    );
    return loaded;
  };
  // Whoever draws the part is told that it failed.
  prefetches.push(() => void ask().catch(() => undefined));
  return lazy(ask);
}

/** Loads all parts, one in each idle moment. Returns the way to stop. */
export function prefetchParts(whenIdle: WhenIdle): () => void {
  const goOn = (next: number): (() => void) =>
    whenIdle(() => {
      prefetches[next]?.();
      if (next + 1 < prefetches.length) cancel = goOn(next + 1);
    });
  let cancel = goOn(0);
  return () => cancel();
}
