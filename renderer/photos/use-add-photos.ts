import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PhotoSubject } from '../../shared/desktop/photo-views.ts';
import type { WireError } from '../../shared/errors.ts';
import { useEnvironment } from '../environment.ts';
import { useStableCallback } from '../use-stable-callback.ts';
import { useTRPC } from '../trpc.ts';
import { wireErrorOf } from '../wire-error-of.ts';

/** Of one paste, drop or choice; more is a folder that slipped. */
export const PHOTOS_AT_ONCE_MAX = 20;

export interface AddPhotos {
  add: (files: Iterable<Blob>) => void;
  isAdding: boolean;
  /** The first thing that went wrong; `notAPhoto` is said of a file, not of a call. */
  problem: WireError | 'notAPhoto' | 'tooMany' | null;
  /** Of the newest one that was kept. */
  operationId: string | null;
  /** How many of them were kept. */
  added: number;
}

/** Makes pictures small and keeps them, one after the other; one that is none does not stop the others. */
export function useAddPhotos(subject: PhotoSubject): AddPhotos {
  const trpc = useTRPC();
  const { shrinkPhoto } = useEnvironment();
  const { mutateAsync } = useMutation(trpc.photos.add.mutationOptions());
  const [isAdding, setAdding] = useState(false);
  const [problem, setProblem] = useState<AddPhotos['problem']>(null);
  const [result, setResult] = useState<{ operationId: string | null; added: number }>({
    operationId: null,
    added: 0,
  });

  const addOne = async (file: Blob): Promise<string | null> => {
    const photo = await shrinkPhoto(file).catch(() => null);
    if (!photo) {
      setProblem('notAPhoto');
      return null;
    }
    try {
      return (await mutateAsync({ subject, ...photo, caption: null })).operationId;
    } catch (error) {
      setProblem(wireErrorOf(error));
      return null;
    }
  };
  const add = useStableCallback(async (given: Iterable<Blob>) => {
    const files = [...given];
    if (files.length === 0 || isAdding) return;
    setAdding(true);
    setProblem(files.length > PHOTOS_AT_ONCE_MAX ? 'tooMany' : null);
    let added = 0;
    let operationId: string | null = null;
    for (const file of files.slice(0, PHOTOS_AT_ONCE_MAX)) {
      const kept = await addOne(file);
      if (kept === null) continue;
      added += 1;
      operationId = kept;
    }
    setResult({ added, operationId });
    setAdding(false);
  });
  return { add: (files) => void add(files), isAdding, problem, ...result };
}
