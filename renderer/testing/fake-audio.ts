export interface FakeAudio {
  context: AudioContext;
  /** The pitch of each beep that was to be heard, in order. */
  tones: number[];
}

/** Sound without a loudspeaker. */
export function createFakeAudio(): FakeAudio {
  const tones: number[] = [];
  const node = { connect: <T>(next: T): T => next };
  const context = {
    currentTime: 0,
    state: 'running',
    destination: node,
    resume: async () => undefined,
    createGain: () => ({
      ...node,
      gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
    }),
    createOscillator: () => {
      const oscillator = {
        ...node,
        type: 'sine',
        frequency: { value: 0 },
        start: () => tones.push(oscillator.frequency.value),
        stop: () => undefined,
      };
      return oscillator;
    },
  };
  return { context: context as unknown as AudioContext, tones };
}
