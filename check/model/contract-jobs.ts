import type { ScrapeJob } from '../../constructs/prometheus/scrape-job';
import type { Content } from '../../content/content';
import { contractOf } from '../../content/metric-contract';
import { nearestName } from '../did-you-mean';
import { findingAt, type Finding } from '../finding';

/** Name of this check. */
const RULE = 'model/contract-job';

/** Stands in a contract for series of every job. */
const EVERY_JOB = '*';

/**
 * Metrics that no job of an environment scrapes, unless the contract calls the job optional, and target labels that the
 * job does not set.
 */
export function contractJobFindings(
  environment: string,
  jobs: readonly Pick<ScrapeJob, 'name' | 'targetLabels'>[],
  content: Content,
): Finding[] {
  const names = jobs.map(({ name }) => name);
  return content.metrics.flatMap((file) => {
    const contract = contractOf(file);
    if (contract === undefined || contract.job === EVERY_JOB) return [];
    const job = jobs.find(({ name }) => name === contract.job);
    if (job === undefined && contract.optional) return [];
    if (job === undefined) {
      const nearest = nearestName(contract.job, names);
      return [
        findingAt(file.path, file.document.positionOf(['job']), {
          rule: RULE,
          message: `${environment} has no scrape job "${contract.job}"; allowed: ${names.join(', ')}`,
          hint: nearest === undefined ? 'name a job, or add one' : `write ${nearest}`,
        }),
      ];
    }
    return contract.targetLabels
      .filter((label) => !job.targetLabels.includes(label))
      .map((label) =>
        findingAt(file.path, file.document.positionOf(['targetLabels']), {
          rule: RULE,
          message: `in ${environment} the job "${job.name}" does not set the label "${label}"; allowed: ${job.targetLabels.join(', ')}`,
          hint: 'take the label out, or make the job set it',
        }),
      );
  });
}
