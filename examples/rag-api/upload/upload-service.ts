import { startTelemetry } from '../../../instrumentation';
import { randomFor } from '../random';
import type { Faults } from '../service/faults';
import type { Service } from '../service/service';
import type { Settings } from '../service/settings';
import { telemetryOptions } from '../service/telemetry-options';
import { JobQueue } from './job-queue';
import { processDocument, QUEUE } from './processing';
import type { UploadJob, UploadState } from './processing';
import { uploadRoutes } from './routes';

/** Documents that are processed at once. */
const WORKERS = 2;

/** Documents whose state is remembered. */
const REMEMBERED = 10_000;

/** The upload pipeline: takes documents, and processes them one after another. */
export function uploadService(settings: Settings, faults: Faults): Service {
  const { seed, latencyFactor, ragApiUrl, apiKey } = settings;
  const telemetry = startTelemetry({
    ...telemetryOptions(settings),
    service: 'upload-pipeline',
    known: { queues: [QUEUE] },
  });
  const states = new Map<string, UploadState>();
  const options = {
    telemetry,
    random: randomFor(seed, 'upload'),
    latencyFactor,
    ragApiUrl,
    apiKey,
    onState: (id: string, state: UploadState) => {
      states.set(id, state);
      const [oldest] = states.keys();
      if (states.size > REMEMBERED && oldest !== undefined) states.delete(oldest);
    },
  };
  const queue = new JobQueue<UploadJob>({
    workers: WORKERS,
    isOpen: () => faults.value('queueStuck') === 0,
    work: (job) => processDocument(options, job),
  });
  faults.onChange(() => {
    queue.resume();
  });
  telemetry.upload.queueJobs.follow({ queue: QUEUE }, () => queue.length);
  telemetry.upload.queueOldestJobAge.follow({ queue: QUEUE }, () => queue.oldestAgeSeconds);
  return {
    telemetry,
    isReady: () => true,
    routes: (server) => {
      uploadRoutes(server, { queue, states });
    },
    stop: () => queue.drain(),
  };
}
