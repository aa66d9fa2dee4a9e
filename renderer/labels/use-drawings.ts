import { useEffect, useLayoutEffect, useState } from 'react';
import { useEnvironment } from '../environment.ts';
import { PartNotLoaded } from '../shell/lazy-part.tsx';
import { composeLabel, type LabelContent, type LabelDrawing } from './compose-label.ts';
import type { Encodings } from './encode-barcode.ts';
import type { LabelSurface } from './label-layout.ts';

/** Less than a frame, so that a thousand barcodes do not hold up what a person types meanwhile. */
const SLICE_MS = 8;

interface Drawings {
  /** Of the first labels, in their order; all of them once it is ready. */
  drawings: readonly LabelDrawing[];
  isReady: boolean;
}

/** Composes labels for their surface, some at a time. Both must stay the same as long as nothing changed. */
export function useDrawings(contents: readonly LabelContent[], surface: LabelSurface): Drawings {
  const { now } = useEnvironment();
  const encodings = useEncodings();
  const [drawings, setDrawings] = useState<readonly LabelDrawing[]>([]);
  // The first slice is there before the screen is painted, so nothing flickers.
  useLayoutEffect(() => {
    if (!encodings) return undefined;
    const drawn: LabelDrawing[] = [];
    let next: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      const end = now() + SLICE_MS;
      for (const content of contents.slice(drawn.length)) {
        if (drawn.length > 0 && now() > end) break;
        drawn.push(
          composeLabel(content, surface, content.code === null ? [] : encodings(content.code)),
        );
      }
      setDrawings([...drawn]);
      if (drawn.length < contents.length) next = setTimeout(goOn);
    };
    goOn();
    return () => clearTimeout(next);
  }, [contents, surface, encodings, now]);
  return { drawings, isReady: encodings !== null && drawings.length === contents.length };
}

/** The library that encodes is larger than all screens together: it comes with the first labels, and in no idle moment. */
function useEncodings(): Encodings | null {
  const [loaded, setLoaded] = useState<{ encodings: Encodings } | { failure: PartNotLoaded }>();
  useEffect(() => {
    let isWanted = true;
    import('./encode-barcode.ts').then(
      ({ rememberEncodings }) => isWanted && setLoaded({ encodings: rememberEncodings() }),
      (cause: unknown) =>
        isWanted &&
        setLoaded({
          failure: new PartNotLoaded('The part that draws barcodes could not be read.', { cause }),
        }),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (loaded && 'failure' in loaded) throw loaded.failure;
  return loaded ? loaded.encodings : null;
}
