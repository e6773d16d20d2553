/** What the content may refer to and does not itself hold. */
export interface ContentFacts {
  /** Names that `${thresholds.<name>}` may use. */
  readonly thresholds: readonly string[];
  /** Names that `${links.<name>}` may use. */
  readonly links: readonly string[];
  /** Provisioned data sources: Grafana's type by uid. */
  readonly datasourceUids: Readonly<Record<string, string>>;
  /** Plugins that are installed beside Grafana's own, by plugin id. */
  readonly plugins: readonly string[];
  /**
   * Days that each environment's Prometheus keeps samples, by its name.
   * @default - not known, and not checked
   */
  readonly retentionDays?: Readonly<Record<string, number>>;
}
