import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local } from '../../environments/local';
import { prod } from '../../environments/prod';
import { readContent } from '../../content/content';
import { monitoringModel } from '../../stacks/monitoring-model';
import { synthesize } from '../../stacks/synthesis';
import { readTree, writeTree } from '../../tools/files';

const content = readContent(join(__dirname, '..', '..'));
const EARLIER = new Map([
  ['stacks/local/.terraform/terraform.tfstate', 'kept by Terraform'],
  ['stacks/local/cdk.tf.json', 'an earlier stack'],
]);

describe('synthesize', () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'synthesis-'));
    folder = join(parent, 'out');
    writeTree(folder, EARLIER);
  });

  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it('writes what is new and leaves what Terraform keeps beside it', () => {
    const [stack] = synthesize([monitoringModel(local, content)], folder);
    const written = readTree(folder);

    expect(stack?.environment).toBe('local');
    expect(stack?.resourceTypes).toContain('kubernetes_config_map_v1');
    expect(written.get('stacks/local/cdk.tf.json')).toContain('"kubernetes_config_map_v1"');
    expect(written.get('stacks/local/.terraform/terraform.tfstate')).toBe('kept by Terraform');
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it('writes no stack at all if one of several cannot be placed, and says which', () => {
    const impossible = { ...prod, thresholds: { ...prod.thresholds, cpuUtilisationRatio: 0.001 } };
    const models = [local, impossible].map((environment) => monitoringModel(environment, content));

    expect(() => synthesize(models, folder)).toThrow(
      'prod: thresholds.cpuUtilisationRatio: 0.001; allowed: a ratio from 0.01 to 1',
    );
    expect(readTree(folder)).toEqual(EARLIER);
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it.each([true, false])('leaves the mapping of stack traces as it was (%s)', (enabled) => {
    const before = process.sourceMapsEnabled;
    process.setSourceMapsEnabled(enabled);
    try {
      synthesize([], folder);

      expect(process.sourceMapsEnabled).toBe(enabled);
    } finally {
      process.setSourceMapsEnabled(before);
    }
  });
});
