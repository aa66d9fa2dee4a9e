import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const DATA = { TALLYMAN_DATA: '/data' };

test('snapshots are made unless they are switched off', () => {
  expect(readConfig({}, DATA).snapshots).toBe(true);
  expect(readConfig({ snapshots: true }, DATA).snapshots).toBe(true);
  expect(readConfig({ snapshots: false }, DATA).snapshots).toBe(false);
  expect(readConfig({}, { ...DATA, TALLYMAN_SNAPSHOTS: 'off' }).snapshots).toBe(false);
  expect(() => readConfig({}, { ...DATA, TALLYMAN_SNAPSHOTS: 'perhaps' })).toThrow(
    'TALLYMAN_SNAPSHOTS must be on or off.',
  );
});

test('where it listens and what is in front comes from flags or the environment', () => {
  expect(readConfig({}, DATA)).toMatchObject({
    host: '127.0.0.1',
    tls: undefined,
    trustedProxies: undefined,
    publicHosts: [],
  });
  const flags = {
    host: '0.0.0.0',
    tlsCert: 'c.pem',
    tlsKey: 'k.pem',
    behindProxy: true,
    trustedProxy: ['10.0.0.0/8', 'fd00::/8,192.0.2.7'],
    publicHost: ['stock.example.org'],
  };
  const wanted = {
    host: '0.0.0.0',
    tls: { cert: 'c.pem', key: 'k.pem' },
    trustedProxies: ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'],
    publicHosts: ['stock.example.org'],
  };
  expect(readConfig(flags, DATA)).toMatchObject(wanted);
  const environment = {
    ...DATA,
    TALLYMAN_HOST: '0.0.0.0',
    TALLYMAN_TLS_CERT: 'c.pem',
    TALLYMAN_TLS_KEY: 'k.pem',
    TALLYMAN_BEHIND_PROXY: 'on',
    TALLYMAN_TRUSTED_PROXY: '10.0.0.0/8 fd00::/8, 192.0.2.7',
    TALLYMAN_PUBLIC_HOST: 'stock.example.org',
  };
  expect(readConfig({}, environment)).toMatchObject(wanted);
  expect(readConfig({ behindProxy: true }, DATA).trustedProxies).toEqual(['127.0.0.0/8', '::1']);
});

test.each([
  [{ host: 'not a host' }, /^The host must be/],
  [{ tlsCert: 'c.pem' }, /^TLS needs both files/],
  [{ tlsKey: 'k.pem' }, /^TLS needs both files/],
  [{ trustedProxy: ['10.0.0.1'] }, /--behind-proxy only/],
  [{ behindProxy: true, trustedProxy: ['10.0.0.0/33'] }, /neither an address nor a range/],
  [{ behindProxy: true, trustedProxy: ['everybody'] }, /neither an address nor a range/],
  [{ behindProxy: true, trustedProxy: ['10.0.0.0/8/8'] }, /neither an address nor a range/],
  [{ publicHost: ['https://stock.example.org'] }, /^A public host is a name/],
])('%o is refused in one sentence', (flags, sentence) => {
  expect(() => readConfig(flags, DATA)).toThrow(sentence);
});
