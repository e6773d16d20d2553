import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';
import { Construct } from 'constructs';
import type { AwsModel } from './aws-model';
import { LOGGED_COST, LOGGED_ERRORS } from './log-contract';

/** What a {@link LogGroup} is made of. */
export interface LogGroupProps {
  readonly model: AwsModel;
  /** ARN of the key. */
  readonly keyArn: string;
}

/**
 * The log group of the application's containers, and the metrics that are counted in it. Terraform owns it, so that it
 * has a retention and a key from its first event on, and nobody else needs the right to create groups.
 */
export class LogGroup extends Construct {
  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const { model } = props;
    const group = new CloudwatchLogGroup(this, 'Resource', {
      name: model.names.logGroup,
      retentionInDays: model.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    const filters = new Construct(this, 'MetricFilters');
    for (const filter of [LOGGED_ERRORS, LOGGED_COST]) {
      new CloudwatchLogMetricFilter(filters, filter.name, {
        name: filter.name,
        logGroupName: group.name,
        pattern: filter.pattern,
        metricTransformation: {
          name: filter.name,
          namespace: model.names.logMetricNamespace,
          value: filter.value,
          defaultValue: filter.defaultValue,
          unit: filter.unit,
        },
      });
    }
  }
}
