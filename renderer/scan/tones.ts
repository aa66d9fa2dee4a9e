/** How a scan ended, as far as it makes itself noticed. */
export type ScanOutcome = 'ok' | 'unknown' | 'wrongPlace' | 'suspect' | 'problem';

interface Beep {
  hertz: number;
  startMs: number;
  lengthMs: number;
}

/**
 * Told apart by pitch and by rhythm, so that one of the two is enough in a loud hall: one high beep, two low ones, four that go
 * up and down, two short high ones, one long deep one.
 */
const TONES: Readonly<Record<ScanOutcome, readonly Beep[]>> = {
  ok: [{ hertz: 1_320, startMs: 0, lengthMs: 90 }],
  unknown: [
    { hertz: 330, startMs: 0, lengthMs: 170 },
    { hertz: 330, startMs: 240, lengthMs: 170 },
  ],
  wrongPlace: [
    { hertz: 880, startMs: 0, lengthMs: 90 },
    { hertz: 590, startMs: 110, lengthMs: 90 },
    { hertz: 880, startMs: 220, lengthMs: 90 },
    { hertz: 590, startMs: 330, lengthMs: 90 },
  ],
  suspect: [
    { hertz: 1_050, startMs: 0, lengthMs: 50 },
    { hertz: 1_050, startMs: 90, lengthMs: 50 },
  ],
  problem: [{ hertz: 196, startMs: 0, lengthMs: 450 }],
};

const SECOND_MS = 1_000;
const PER_CENT = 100;
/** Without it a loudspeaker clicks. */
const FADE_SECONDS = 0.008;

export type PlayTone = (outcome: ScanOutcome, volume: number) => void;

/** Opens the loudspeaker with the first tone: before a key was pressed a browser would not let it. */
export function createTonePlayer(openAudio: () => AudioContext | null): PlayTone {
  let audio: AudioContext | null | undefined;
  return (outcome, volume) => {
    audio ??= openAudio();
    if (!audio) return;
    if (audio.state === 'suspended') void audio.resume();
    for (const beep of TONES[outcome]) playBeep(audio, beep, volume / PER_CENT);
  };
}

function playBeep(audio: AudioContext, beep: Beep, loudness: number): void {
  const start = audio.currentTime + beep.startMs / SECOND_MS;
  const end = start + beep.lengthMs / SECOND_MS;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = beep.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + FADE_SECONDS);
  gain.gain.setValueAtTime(loudness, end - FADE_SECONDS);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
