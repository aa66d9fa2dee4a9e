import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { unpackChromium } from './unpack-chromium.ts';

const INSTALLED_ON_LINUX = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** A test browser talks to loopback only: everything it does by itself on the network is switched off. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a real headless Chromium with a fresh profile: the one that `CHROMIUM_PATH` names, else an installed one, else
 * the one from npm.
 */
export async function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    headless: true,
    args: isRoot ? [...FLAGS, '--no-sandbox'] : FLAGS,
    ...(await whichChromium()),
  });
}

async function whichChromium(): Promise<LaunchOptions> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return { executablePath: named };
  if (process.platform !== 'linux') return { channel: 'chrome' };
  const installed = INSTALLED_ON_LINUX.find((path) => existsSync(path));
  if (installed) return { executablePath: installed };
  if (process.arch !== 'x64') {
    throw new Error(
      'Install Chromium, or set CHROMIUM_PATH to one: npm has it for Linux on x64 only.',
    );
  }
  const { executable, libraries } = await unpackChromium();
  const searched = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  // It has no setuid sandbox helper, and user namespaces may be switched off.
  return {
    executablePath: executable,
    chromiumSandbox: false,
    env: { ...process.env, LD_LIBRARY_PATH: searched },
  };
}
