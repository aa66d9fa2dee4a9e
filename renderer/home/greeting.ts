const NIGHT_ENDS_AT = 4;
const NOON = 12;
const EVENING_BEGINS_AT = 18;

/** By the hour of the laptop's own clock, 0 to 23. */
export function greetingOf(hour: number): 'morning' | 'afternoon' | 'evening' {
  if (hour < NIGHT_ENDS_AT || hour >= EVENING_BEGINS_AT) return 'evening';
  return hour < NOON ? 'morning' : 'afternoon';
}
