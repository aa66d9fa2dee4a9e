import type { Shell } from 'electron';

export type OpenExternal = (url: string) => boolean;

/**
 * The only way out of the app. `shell.openExternal` hands any scheme to the operating system, some of which run
 * programs, so what is not listed is not opened. Returns whether it was.
 */
export function createExternalLinks(shell: Shell, hosts: ReadonlySet<string>): OpenExternal {
  return (url) => {
    if (!isAllowed(url, hosts)) return false;
    void shell.openExternal(url);
    return true;
  };
}

function isAllowed(url: string, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  // The host with its port: another port is another server.
  return protocol === 'mailto:' || (protocol === 'https:' && hosts.has(host));
}
