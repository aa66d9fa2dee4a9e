import { TallymanError } from '../../../shared/errors.ts';
import { type Scope, siteIdOf, siteScope } from '../../../shared/sync/scope.ts';
import type { DataWorkerKeeper } from '../data-worker-keeper.ts';
import type { DesktopApp } from '../desktop-app.ts';
import type { NetworkService } from '../network-service.ts';
import type { PowerPort } from '../ports.ts';
import type { SessionService } from './session-service.ts';

/** What the rest of the app does because of who is here. */

/** Of the files on this laptop, those whose rows may be shown to whoever works here. */
export function shownTo<T extends { scope: Scope }>(
  session: SessionService,
  replicas: readonly T[],
): T[] {
  const { shown } = session.sites();
  return replicas.filter(({ scope }) => {
    const siteId = siteIdOf(scope);
    return siteId === null || shown === null || shown.includes(siteId);
  });
}

/** Whoever is signed in is who works here; a setting cannot make somebody else of them. */
export function settingsOfPeople(
  settings: DesktopApp['settings'],
  session: SessionService,
): DesktopApp['settings'] {
  return {
    ...settings,
    update: async (patch) => {
      const { personId } = patch;
      if (personId === undefined || !session.isRequired() || personId === session.personId()) {
        return settings.update(patch);
      }
      throw new TallymanError('FORBIDDEN', 'Sign in as somebody else to work in their name.');
    },
  };
}

/** The machine locks its screen or wakes up, or the server is there again. Returns the way to stop. */
export function followMachine({
  power,
  network,
  session,
}: {
  power: PowerPort;
  network: NetworkService;
  session: SessionService;
}): () => void {
  const stops = [
    power.onLock(() => session.systemLocked()),
    power.onResume(() => session.checkIdle()),
    network.subscribe(({ state }) => {
      // What could not be told now is told the next time.
      if (state === 'online') session.reached().catch(() => undefined);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Somebody came whose sites are not here yet, or whose work waits: nobody has to press a button for either. */
export async function fetchWhatIsMissing(
  worker: Pick<DataWorkerKeeper, 'call'>,
  session: SessionService,
): Promise<void> {
  const { lastSuccessAt, scopes, pending, photos } = await worker.call('status', null);
  const isHere = (siteId: string): boolean =>
    scopes.some(({ scope, complete }) => complete && scope === siteScope(siteId));
  const { shown } = session.sites();
  const isMissing = lastSuccessAt === null || (shown ?? []).some((siteId) => !isHere(siteId));
  if (!isMissing && pending + photos === 0) return;
  await worker.call('trigger', {
    syncUnit: isMissing ? 'full' : 'send',
    discardPendingSyncUnits: false,
    reason: 'login',
  });
}

/** Tells the server how this laptop's sync is doing, for those who look after laptops. */
export async function reportHealth(
  worker: Pick<DataWorkerKeeper, 'call'>,
  session: SessionService,
): Promise<void> {
  if (session.personId() === null) return;
  const health = await worker.call('health', null);
  await session.call('auth.report', { device: await session.device(), health });
}
