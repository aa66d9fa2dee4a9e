/** What the container's health check runs: whether the server of this machine is ready for requests. Entry only. */
const port = process.env['TALLYMAN_PORT'] ?? '7420';
const isReady = await fetch(`http://127.0.0.1:${port}/readyz`, {
  signal: AbortSignal.timeout(4_000),
}).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isReady ? 0 : 1;
