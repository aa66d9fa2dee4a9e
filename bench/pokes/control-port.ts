import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers of a process that is being measured, on an address of this machine. */
export type ControlAnswers = Readonly<Record<string, () => unknown>>;

export async function serveControl(
  answers: ControlAnswers,
): Promise<{ url: string; close: () => void }> {
  const http = createServer((request, response) => {
    const answer = answers[request.url?.slice(1) ?? ''];
    if (answer) response.end(JSON.stringify(answer()));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { url: addressOf(http), close: () => http.close() };
}

export async function askControl<T>(url: string, name: string): Promise<T> {
  const answer = await fetch(`${url}/${name}`);
  return (await answer.json()) as T;
}

function addressOf(http: Server): string {
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
