/**
 * Loaded before a program of ours and each of its threads: its clock is wrong by some hours, as that of a laptop with an
 * empty battery or in the wrong time zone.
 */
const offset = Number(process.env['CLOCK_OFF_HOURS'] ?? 0) * 3_600_000;
const right = Date.now.bind(Date);
Date.now = () => right() + offset;
