import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSettings } from '../../environments/environment';
import { ConfigError } from '../kubernetes/config-error';

/** Where the position database and the unsent logs lie in the pod. */
export const FLUENT_BIT_STATE_DIRECTORY = '/var/lib/fluent-bit';

/** Directory of the configuration in the pod. */
export const FLUENT_BIT_CONFIG_DIRECTORY = '/etc/fluent-bit';

/** Port of health and metrics. */
export const FLUENT_BIT_HTTP_PORT = 2020;

/** Name of the file with the Lua filter, beside the configuration. */
export const REDACTION_SCRIPT = 'redact.lua';

/** Megabytes of a chunk: Fluent Bit closes one at about 2 MB (docs.fluentbit.io/manual/administration/buffering-and-storage). */
const CHUNK_MB = 2;

/** A CloudWatch log group that exists already. */
export interface CloudWatchLogs {
  readonly region: string;
  readonly logGroupName: string;
}

/** What the configuration of Fluent Bit is made of. */
export interface FluentBitConfigOptions {
  /** Namespaces whose containers are read. */
  readonly applicationNamespaces: readonly string[];
  /** Pods to read, as patterns over their names, such as `rag-api*`. */
  readonly pods: readonly string[];
  readonly settings: LogSettings;
  /**
   * Where logs go.
   * @default - to Fluent Bit's own standard output
   */
  readonly cloudWatch?: CloudWatchLogs;
  /**
   * The environment's name, for errors.
   * @default - fields are named without it
   */
  readonly where?: string;
}

/**
 * fluent-bit.yaml as an object: tail the application's containers, join what the container runtime split, add what
 * Kubernetes knows, lift JSON out of the line, take out secrets, and send. Option names: docs.fluentbit.io/manual, read
 * for 5.1.
 *
 * @throws ConfigError - no namespace to read, a pattern that is none, or too little memory or buffer to work
 */
export function renderFluentBitConfig(options: FluentBitConfigOptions): object {
  const { settings } = options;
  const memoryMiB = settings.resources.memoryLimitMiB ?? settings.resources.memoryMiB;
  check(options, memoryMiB);
  return {
    service: service(memoryMiB),
    pipeline: {
      inputs: [tail(options)],
      filters: [dropRuntimeFields(), kubernetes(), redaction()],
      outputs: [output(options)],
    },
  };
}

/** The Lua filter as it stands in the repository. */
export function redactionScript(): string {
  return readFileSync(join(__dirname, REDACTION_SCRIPT), 'utf8');
}

/** Megabytes of unsent logs that a node keeps. */
function bufferMiB(settings: LogSettings): number {
  return settings.bufferMiB ?? 512;
}

function check(options: FluentBitConfigOptions, memoryMiB: number): void {
  const at = (field: string) => (options.where === undefined ? field : `${options.where}.${field}`);
  if (options.applicationNamespaces.length === 0) {
    throw new ConfigError({
      where: at('namespaces.application'),
      found: 'no namespace',
      allowed: 'at least one',
      mend: 'name the namespaces whose logs are kept',
    });
  }
  const odd = options.pods.find((pattern) => !/^[a-z0-9*?.[\]-]+$/.test(pattern));
  if (odd !== undefined) {
    throw new ConfigError({
      where: at('applications.logContainers'),
      found: JSON.stringify(odd),
      allowed: 'lower case letters, digits, "-", "." and the wildcards * ? [ ]',
      mend: 'give a pattern over pod names such as "rag-api*"; namespaces and containers are added to it',
    });
  }
  if (memoryMiB < 64) {
    throw new ConfigError({
      where: at('logs.resources.memoryMiB'),
      found: `a memory limit of ${String(memoryMiB)} MiB`,
      allowed: '64 or more',
      mend: 'raise it: below that Fluent Bit is killed at the first burst of logs',
    });
  }
  if (bufferMiB(options.settings) < 16) {
    throw new ConfigError({
      where: at('logs.bufferMiB'),
      found: String(bufferMiB(options.settings)),
      allowed: '16 or more',
      mend: 'raise it: chunks of 2 MB are dropped while they are still being sent otherwise',
    });
  }
}

function service(memoryMiB: number): object {
  return {
    flush: 5,
    // Longer than the last flush takes, shorter than the pod's own grace period.
    grace: 20,
    log_level: 'info',
    http_server: true,
    http_listen: '0.0.0.0',
    http_port: FLUENT_BIT_HTTP_PORT,
    health_check: true,
    // A changed configuration replaces the pods; nobody may reload it over HTTP.
    hot_reload: false,
    'scheduler.base': 5,
    // Retry at least each two minutes, or an outage is followed by half an hour of silence.
    'scheduler.cap': 120,
    // A joined line may be longer than a log event may be (1 MB); what is over is cut off.
    multiline_buffer_limit: '900K',
    // Raw UTF-8: CloudWatch bills bytes, and \u4e2d is twice what the character is.
    'json.escape_unicode': false,
    'storage.path': `${FLUENT_BIT_STATE_DIRECTORY}/storage`,
    'storage.sync': 'normal',
    'storage.checksum': true,
    'storage.delete_irrecoverable_chunks': true,
    // A quarter of the memory limit for chunks in memory; the rest waits on disk.
    'storage.max_chunks_up': Math.floor(memoryMiB / 4 / CHUNK_MB),
    // The default of 100 MB is more than the whole pod may have (seen in 5.1.1; the manual says 5 MB).
    'storage.backlog.mem_limit': `${String(Math.floor(memoryMiB / 8))}M`,
    'storage.metrics': true,
  };
}

function tail(options: FluentBitConfigOptions): object {
  return {
    name: 'tail',
    alias: 'application',
    tag: 'kube.*',
    // <pod>_<namespace>_<container>-<id>.log, as the kubelet names its links.
    path: options.applicationNamespaces
      .flatMap((namespace) => options.pods.map((pods) => `/var/log/containers/${pods}_${namespace}_*.log`))
      .join(','),
    'multiline.parser': 'cri',
    db: `${FLUENT_BIT_STATE_DIRECTORY}/positions.db`,
    'db.locking': true,
    // A file that was there before its position was known is read whole: the pod may have logged before the agent came.
    read_from_head: true,
    refresh_interval: 10,
    rotate_wait: 30,
    // The runtime splits at 16 KiB. Without skip_long_lines, one longer line would end the reading of its file.
    buffer_chunk_size: '64K',
    buffer_max_size: '1M',
    skip_long_lines: true,
    'storage.type': 'filesystem',
  };
}

/** The runtime's own time and its mark of split lines: the record's time says the first, and both could hide fields of the application. */
function dropRuntimeFields(): object {
  return { name: 'record_modifier', match: 'kube.*', remove_key: ['time', '_p'] };
}

/**
 * Of the API it asks only `GET /api/v1/namespaces/<namespace>/pods/<pod>`, once a container
 * (plugins/filter_kubernetes/kube_meta.c, get_pod_api_server_info).
 */
function kubernetes(): object {
  return {
    name: 'kubernetes',
    match: 'kube.*',
    kube_tag_prefix: 'kube.var.log.containers.',
    merge_log: true,
    keep_log: false,
    // Name, namespace, container and image tell where a line is from; labels and annotations cost as much as the line.
    labels: false,
    annotations: false,
    'k8s-logging.parser': false,
    // A pod may keep its logs out by the annotation fluentbit.io/exclude: "true".
    'k8s-logging.exclude': true,
    // No limit: a pod object is often longer than the default of 32 KB.
    buffer_size: 0,
    // A StatefulSet's pod comes back under its old name.
    cache_use_docker_id: true,
    'tls.verify': true,
    'tls.verify_hostname': true,
  };
}

function redaction(): object {
  return {
    name: 'lua',
    match: 'kube.*',
    script: `${FLUENT_BIT_CONFIG_DIRECTORY}/${REDACTION_SCRIPT}`,
    call: 'redact',
    // Keeps null values, which Lua would drop.
    enable_flb_null: true,
  };
}

function output(options: FluentBitConfigOptions): object {
  if (options.cloudWatch === undefined) {
    return { name: 'stdout', alias: 'sink', match: 'kube.*', format: 'json_lines' };
  }
  return {
    name: 'cloudwatch_logs',
    alias: 'sink',
    match: 'kube.*',
    region: options.cloudWatch.region,
    log_group_name: options.cloudWatch.logGroupName,
    // A pod's name begins with its service's, so that the streams of rag-api still begin with `rag-api-`.
    log_stream_template:
      "$kubernetes['pod_name'].$kubernetes['namespace_name'].$kubernetes['container_name']",
    // For records without Kubernetes metadata; the tag is added, so these are streams of a pod as well.
    log_stream_prefix: 'unknown-',
    auto_create_group: false,
    // Metrics in embedded format (`_aws`) become metrics; any other line is stored as it is.
    log_format: 'json/emf',
    // The default of 1 loses a chunk at the second failure. Here the buffer's size is the only bound.
    retry_limit: 'no_limits',
    'storage.total_limit_size': `${String(bufferMiB(options.settings))}M`,
    workers: 1,
  };
}
