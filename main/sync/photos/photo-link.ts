import { TallymanError } from '../../../shared/errors.ts';
import type { PhotoServer } from './photo-server.ts';

export interface PhotoLinkPorts {
  /** Null if none is set. */
  serverUrl: () => string | null;
  connect: (url: string) => Promise<PhotoServer>;
}

/** The connection that photos share, to whichever server is set. */
export class PhotoLink {
  readonly #ports: PhotoLinkPorts;
  #connected: { url: string; server: PhotoServer } | null = null;

  constructor(ports: PhotoLinkPorts) {
    this.#ports = ports;
  }

  /** Throws OFFLINE if no server is set. */
  async server(): Promise<PhotoServer> {
    const url = this.#ports.serverUrl();
    if (url === null) throw new TallymanError('OFFLINE', 'No server is set.');
    if (this.#connected?.url === url) return this.#connected.server;
    const server = await this.#ports.connect(url);
    const before = this.#connected;
    this.#connected = { url, server };
    // After what is under way on it.
    void before?.server.close();
    return server;
  }

  async close(): Promise<void> {
    await this.#connected?.server.close();
  }
}
