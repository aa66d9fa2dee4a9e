export interface GatheringOptions {
  /** Done when nothing more has come for this long … */
  quietMs: number;
  /** … but not later than this after the first. */
  latestMs: number;
  done: () => void;
}

export interface Gathering {
  add: () => void;
  close: () => void;
}

/** Makes one occasion of things that come in quick succession, and an endless succession several. */
export function gatherChanges({ quietMs, latestMs, done }: GatheringOptions): Gathering {
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  const close = (): void => {
    clearTimeout(quiet);
    clearTimeout(latest);
    latest = undefined;
  };
  const finish = (): void => {
    close();
    done();
  };
  return {
    add: () => {
      clearTimeout(quiet);
      quiet = setTimeout(finish, quietMs).unref();
      latest ??= setTimeout(finish, latestMs).unref();
    },
    close,
  };
}
