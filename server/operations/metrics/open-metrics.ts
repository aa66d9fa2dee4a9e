import type { TenantHost } from '../../tenant/tenant-host.ts';
import { GaugeRefresher } from './refresh-gauges.ts';
import { type MetricsListening, type RunningMetrics, serveMetrics } from './serve-metrics.ts';
import type { ServerMetrics } from './server-metrics.ts';

/** Hands out what a server counts, with the state of its stores. */
export async function openMetrics(
  metrics: ServerMetrics,
  {
    tenants,
    listening,
    now,
  }: { tenants: TenantHost; listening: MetricsListening; now: () => number },
): Promise<RunningMetrics> {
  const gauges = new GaugeRefresher(metrics, { tenants: () => tenants.opened(), now });
  metrics.observeProcess();
  return serveMetrics({
    ...listening,
    render: async () => {
      await gauges.refresh();
      const { registry } = metrics;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  });
}
