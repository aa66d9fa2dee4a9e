import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { readOperatingConfig } from './operating-config.ts';

const ROOT = join(import.meta.dirname, '../..');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const compose = readFileSync(join(ROOT, 'compose.yml'), 'utf8');
const caddyfile = readFileSync(join(ROOT, 'deploy/Caddyfile'), 'utf8');
const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8');
const commands = readFileSync(join(ROOT, 'server/cli/main.ts'), 'utf8');

/** What is copied out of the project, without what comes from another stage. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
  paths.split(' '),
);

test('what the image is made of is there, and reaches the build', () => {
  expect(copied.length).toBeGreaterThan(3);
  for (const path of copied) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
    expect(ignored.split('\n')).toContain(`!${path.replace('./', '')}`);
  }
});

test('what the image runs is among what it has, and none of it is run as root', () => {
  const run = [...dockerfile.matchAll(/"(server\/[^"]+\.ts)"/g)].map(([, path = '']) => path);
  expect(run).toContain('server/cli/main.ts');
  expect(run).toContain('server/cli/probe.ts');
  for (const path of run) expect(existsSync(join(ROOT, path)), path).toBe(true);
  const command = /^CMD \["(\w+)"\]$/m.exec(dockerfile)?.[1] ?? '';
  expect(commands).toContain(`command('${command}')`);
  expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
  const major = /^FROM node:(\d+)-slim$/m.exec(dockerfile)?.[1];
  expect(process.version).toMatch(new RegExp(`^v${major}\\.`));
});

test('every setting of the compose file is one that the server reads, and together they are valid', () => {
  const settings = Object.fromEntries(
    [...compose.matchAll(/^ {4}(TALLYMAN_[A-Z_]+): '?(.+?)'?$/gm)].map(
      ([, name = '', value = '']) => [
        name,
        value
          .replace('${TALLYMAN_NAME:?}', 'stock.example.org')
          .replace('${POSTGRES_PASSWORD:?}', 'x'),
      ],
    ),
  );
  const sources = ['server/config.ts', 'server/operations/operating-config.ts'].map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );
  expect(Object.keys(settings).length).toBeGreaterThan(5);
  for (const name of Object.keys(settings)) expect(sources.join('')).toContain(`'${name}'`);
  const environment = { TALLYMAN_DATA: '/data', ...settings };
  expect(readConfig({}, environment)).toMatchObject({
    host: '0.0.0.0',
    publicHosts: ['stock.example.org'],
    trustedProxies: ['172.30.0.0/24'],
  });
  expect(readOperatingConfig({}, environment)).toMatchObject({ drainMs: 5_000 });
});

test('the proxy balances the servers of the compose file, and asks what the server answers', () => {
  const servers = [...compose.matchAll(/^ {2}(server-\d):$/gm)].map(([, name]) => name);
  expect(servers).toHaveLength(2);
  const port = /TALLYMAN_PORT=(\d+)/.exec(dockerfile)?.[1];
  for (const name of servers) expect(caddyfile).toContain(`${name}:${port}`);
  expect(caddyfile).toContain('/readyz');
  const mounted = /\.\/(\S+):\/etc\/caddy\/Caddyfile/.exec(compose)?.[1] ?? '';
  expect(existsSync(join(ROOT, mounted))).toBe(true);
  expect(/subnet: (\S+)/.exec(compose)?.[1]).toBe(/TRUSTED_PROXY: (\S+)/.exec(compose)?.[1]);
});
