import { setTimeout as sleep } from 'node:timers/promises';
import { inSpan } from '../../../instrumentation';
import type { UploadTelemetry } from '../../../instrumentation';
import type { Random } from '../random';
import { callService } from '../service/call';
import { chunksOf } from '../text/document';
import { Embedder } from '../text/embedding';
import type { DocumentType } from './parse';
import { parse } from './parse';

/** A document on its way into the index. */
export interface UploadJob {
  readonly id: string;
  readonly type: DocumentType;
  readonly content: Buffer;
}

/** Where a document is. */
export type UploadState = 'waiting' | 'processing' | 'indexed' | 'failed';

/** What documents are processed with. */
export interface ProcessingOptions {
  readonly telemetry: UploadTelemetry;
  readonly random: Random;
  readonly latencyFactor: number;
  /**
   * Address of the service that has the index.
   * @default - documents are processed and put nowhere
   */
  readonly ragApiUrl?: string;
  /** @default - none */
  readonly apiKey?: string;
  readonly onState: (id: string, state: UploadState) => void;
}

/** Name of the one queue. */
export const QUEUE = 'documents';

/** Median time of each stage in milliseconds, those of chunks for each of them. */
const MILLISECONDS = { parse: 120, chunk: 20, embed: 40, index: 30 };

type Stage = keyof typeof MILLISECONDS;

/** Processes one document: parse, chunk, embed, index. It never throws: what fails is counted and logged. */
export async function processDocument(options: ProcessingOptions, job: UploadJob): Promise<void> {
  const { telemetry, onState } = options;
  const { upload, log } = telemetry;
  const start = performance.now();
  onState(job.id, 'processing');
  try {
    await inSpan(telemetry, 'process document', { 'document.type': job.type }, () => stages(options, job));
    upload.documentsProcessed.inc({ status: 'success', document_type: job.type });
    onState(job.id, 'indexed');
  } catch (error) {
    const type = error instanceof Error && 'code' in error ? String(error.code) : 'processing_failed';
    upload.errors.inc({ type });
    upload.documentsProcessed.inc({ status: 'error', document_type: job.type });
    log.error({ error, type }, 'a document could not be processed');
    onState(job.id, 'failed');
  } finally {
    upload.jobDuration.observe({ queue: QUEUE }, (performance.now() - start) / 1000);
  }
}

async function stages(options: ProcessingOptions, { id, type, content }: UploadJob): Promise<void> {
  const text = await timed(options, 'parse', 1, () => parse(type, content));
  const document = { id, title: id, domain: 'uploads', text };
  const chunks = await timed(options, 'chunk', 1, () => chunksOf(document));
  await timed(options, 'embed', chunks.length, () => {
    const embedder = new Embedder(chunks.map((chunk) => chunk.text));
    return chunks.map((chunk) => embedder.embed(chunk.text));
  });
  await timed(options, 'index', chunks.length, async () => {
    const { ragApiUrl, apiKey } = options;
    if (ragApiUrl === undefined) return;
    await callService({
      method: 'PUT',
      url: `${ragApiUrl}/documents/${encodeURIComponent(id)}`,
      body: JSON.stringify({ title: id, text }),
      contentType: 'application/json',
      apiKey,
    });
  });
}

/** One stage: its pretended time, then its work. */
function timed<T>(
  { telemetry, random, latencyFactor }: ProcessingOptions,
  stage: Stage,
  times: number,
  work: () => T | Promise<T>,
): Promise<T> {
  return inSpan(telemetry, stage, {}, async () => {
    const start = performance.now();
    try {
      if (latencyFactor > 0) await sleep(random.around(MILLISECONDS[stage] * times, 0.4) * latencyFactor);
      return await work();
    } finally {
      const seconds = (performance.now() - start) / 1000;
      telemetry.upload.documentProcessingDuration.observe({ stage }, seconds);
    }
  });
}
