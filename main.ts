import { modelFinding } from './check/environment/environment-findings';
import { ConfigError } from './constructs/kubernetes/config-error';
import { environments } from './environments';
import { printFindings, printStacks } from './stacks/output';
import { loadProject } from './stacks/project';
import { selectModels } from './stacks/selection';
import { OUTPUT_FOLDER, synthesize } from './stacks/synthesis';

/** Checks all environments, then writes the stacks: all of them, or the one that ENVIRONMENT names. */
function main(): number {
  const { models, findings } = loadProject(__dirname, environments);
  if (printFindings(findings)) return 1;
  const selected = selectModels(models, process.env['ENVIRONMENT']);
  if (printFindings(selected.findings)) return 1;
  try {
    printStacks(synthesize(selected.models, process.env['CDKTF_OUTDIR'] ?? OUTPUT_FOLDER));
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    printFindings([modelFinding(error.problem, 'model/refused')]);
    return 1;
  }
}

process.exitCode = main();
