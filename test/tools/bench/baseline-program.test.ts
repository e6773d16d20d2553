import { baselineProgram, emptyProgram, type LiteralElement } from '../../../tools/bench/baseline-program';

const topic: LiteralElement = {
  module: '@cdktf/provider-aws/lib/sns-topic',
  className: 'SnsTopic',
  stack: 'prod',
  path: ['Cloud', 'Topics', 'alerts'],
  args: ['alerts', { name: 'rag-alerts' }],
  logicalId: 'alerts',
  dependsOn: ['aws_kms_key.key'],
  overrides: { lifecycle: { prevent_destroy: true } },
  stackOverrides: { terraform: { backend: { s3: { use_lockfile: true } } } },
};

describe('baselineProgram', () => {
  it('makes each element from literals, in its stack and below its constructs, each made once', () => {
    const second = { ...topic, path: ['Cloud', 'Topics', 'info'], args: ['info'], logicalId: undefined };
    const lines = baselineProgram([topic, { ...second, dependsOn: undefined, overrides: {} }]).split('\n');

    expect(lines).toEqual([
      "import { Construct } from 'constructs';",
      "import { App, TerraformStack } from 'cdktf';",
      "import { SnsTopic as SnsTopicaws } from '@cdktf/provider-aws/lib/sns-topic';",
      "const app = new App({ outdir: 'cdktf.out' });",
      "const s0 = new TerraformStack(app, 'prod');",
      "s0.addOverride('terraform.backend.s3.use_lockfile', true);",
      "const s1 = new Construct(s0, 'Cloud');",
      "const s2 = new Construct(s1, 'Topics');",
      'const e0 = new SnsTopicaws(s2, "alerts", {"name":"rag-alerts"});',
      "e0.overrideLogicalId('alerts');",
      'e0.dependsOn = ["aws_kms_key.key"];',
      "e0.addOverride('lifecycle.prevent_destroy', true);",
      'const e1 = new SnsTopicaws(s2, "info");',
      'app.synth();',
      '',
    ]);
  });
});

describe('emptyProgram', () => {
  it('makes the stacks and nothing in them', () => {
    expect(emptyProgram(['local', 'prod'])).toBe(
      [
        "import { App, TerraformStack } from 'cdktf';",
        "const app = new App({ outdir: 'cdktf.out' });",
        "new TerraformStack(app, 'local');",
        "new TerraformStack(app, 'prod');",
        'app.synth();',
        '',
      ].join('\n'),
    );
  });
});
