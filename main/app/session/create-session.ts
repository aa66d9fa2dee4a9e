import { TallymanError } from '../../../shared/errors.ts';
import type { DeviceIntroduction } from '../../../shared/sync/auth-protocol.ts';
import type { AppPorts } from '../ports.ts';
import { SeenClock } from './seen-clock.ts';
import { type CallServer, serverLine } from './server-line.ts';
import { SessionService, type SessionServicePorts } from './session-service.ts';
import { Withdrawal, type WithdrawalPorts } from './withdrawal.ts';

const NAME_LENGTH_MAX = 100;

export type SessionOptions = Pick<
  SessionServicePorts,
  'books' | 'worker' | 'isOnline' | 'onPeopleChanged' | 'onSignedIn' | 'onEntered'
> &
  Pick<WithdrawalPorts, 'clear'>;

/** The session of this laptop, and what happens if it is withdrawn, out of what a shell gives. */
export function createSession(
  ports: AppPorts,
  options: SessionOptions,
): { session: SessionService; withdrawal: Withdrawal } {
  const { books, worker } = options;
  const steady = (): number => performance.now();
  const server = (): { url: string; call: CallServer } => {
    const url = ports.settings.read().serverUrl;
    if (url === null) {
      throw new TallymanError('BAD_INPUT', 'No server is set. Enter its address in the settings.');
    }
    return { url, call: serverLine(url, (call) => worker().call('callServer', call)) };
  };
  const withdrawal = new Withdrawal({
    books,
    call: () => server().call,
    unsent: (input) => worker().call('unsent', input),
    clear: options.clear,
    onBegun: () => session.withdrawn(),
    onError: ports.onError,
  });
  const session: SessionService = new SessionService({
    ...options,
    now: ports.now,
    steady,
    clock: new SeenClock({ wall: ports.now, steady }, books.book.seenAt),
    server,
    device: async () => introduce(ports, (await worker().call('info', null)).deviceId),
    withdrawal,
    isHeadless: ports.shell === 'headless',
    autoLockMinutes: () => ports.settings.read().autoLockMinutes,
    onError: ports.onError,
  });
  return { session, withdrawal };
}

function introduce(ports: AppPorts, id: string): DeviceIntroduction {
  const name = ports.deviceName.trim().slice(0, NAME_LENGTH_MAX);
  return {
    id,
    name: name === '' ? 'laptop' : name,
    platform: `${process.platform} ${process.arch}`,
    appVersion: ports.appVersion,
  };
}
