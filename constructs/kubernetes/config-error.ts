/** What a {@link ConfigError} tells the person who made the mistake. */
export interface ConfigProblem {
  /** Place: a file, an environment's field (`prod.prometheus.retentionDays`) or a construct path. */
  readonly where: string;
  /** The value that was found, and what is wrong with it. */
  readonly found: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** The change that mends it. */
  readonly mend: string;
}

/** A mistake in settings or content files, told in the words of the person who wrote them. */
export class ConfigError extends Error {
  readonly problem: ConfigProblem;

  constructor(problem: ConfigProblem) {
    super(`${problem.where}: ${problem.found}; allowed: ${problem.allowed}; mend: ${problem.mend}`);
    this.name = 'ConfigError';
    this.problem = problem;
  }
}
