import type { WhenIdle } from './environment.ts';

/** By then the first rows are on the screen of a slow laptop too, and nothing may compete with them before. */
const START_UP_MS = 2_000;

export function whenIdle(page: Window): WhenIdle {
  return (work) => {
    let idle = 0;
    const wait = Math.max(0, START_UP_MS - page.performance.now());
    const timer = page.setTimeout(() => {
      idle = page.requestIdleCallback(work);
    }, wait);
    return () => {
      page.clearTimeout(timer);
      page.cancelIdleCallback(idle);
    };
  };
}
