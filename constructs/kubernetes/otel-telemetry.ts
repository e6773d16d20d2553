/**
 * What a program built on the OpenTelemetry Collector tells of itself: JSON logs, and metrics for Prometheus on a port.
 * Jaeger 2 is such a program too.
 */
export function otelTelemetry(metricsPort: number): object {
  return {
    logs: { level: 'info', encoding: 'json' },
    metrics: {
      level: 'normal',
      readers: [
        {
          pull: {
            exporter: {
              prometheus: {
                host: '0.0.0.0',
                port: metricsPort,
                // Names as Prometheus has them (`otelcol_exporter_sent_spans_total`), whatever the default of a version.
                without_type_suffix: false,
                without_units: false,
                without_scope_info: true,
              },
            },
          },
        },
      ],
    },
  };
}
