import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { CeAnomalyMonitor } from '@cdktf/provider-aws/lib/ce-anomaly-monitor';
import { CeAnomalySubscription } from '@cdktf/provider-aws/lib/ce-anomaly-subscription';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { PROJECT, type AwsModel } from './aws-model';

/** What a {@link CostWatch} is made of. */
export interface CostWatchProps {
  readonly model: AwsModel;
  /** Policies of the topics: both services test that they may publish when they are told of a topic. */
  readonly topicPolicies: readonly ITerraformDependable[];
}

/**
 * What AWS itself bills: a monthly budget, and Cost Anomaly Detection. Both count what carries the tag `Project`, which
 * must be activated as a cost allocation tag once in the account
 * (docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html).
 */
export class CostWatch extends Construct {
  constructor(scope: Construct, id: string, props: CostWatchProps) {
    super(scope, id);
    const { model } = props;
    const dependsOn = [...props.topicPolicies];
    if (model.monthlyBudgetDollars !== undefined) {
      new BudgetsBudget(this, 'Budget', {
        name: model.names.budget,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: String(model.monthlyBudgetDollars),
        limitUnit: 'USD',
        costFilter: [{ name: 'TagKeyValue', values: [`user:Project$${PROJECT}`] }],
        notification: budgetNotifications(model.arns.alertTopic),
        dependsOn,
      });
    }
    if (model.costAnomalyImpactDollars !== undefined) {
      this.addAnomalyDetection(model, model.costAnomalyImpactDollars, dependsOn);
    }
  }

  private addAnomalyDetection(
    model: AwsModel,
    impactDollars: number,
    dependsOn: ITerraformDependable[],
  ): void {
    const monitor = new CeAnomalyMonitor(this, 'AnomalyMonitor', {
      name: model.names.costAnomalyMonitor,
      // By tag: an account has room for a single monitor by service, and may have it already.
      monitorType: 'CUSTOM',
      monitorSpecification: JSON.stringify(monitorSpecification()),
    });
    new CeAnomalySubscription(this, 'AnomalySubscription', {
      name: model.names.costAnomalySubscription,
      // The only frequency that can go to SNS.
      frequency: 'IMMEDIATE',
      monitorArnList: [monitor.arn],
      subscriber: [{ type: 'SNS', address: model.arns.alertTopic }],
      thresholdExpression: {
        dimension: {
          key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          matchOptions: ['GREATER_THAN_OR_EQUAL'],
          values: [String(impactDollars)],
        },
      },
      dependsOn,
    });
  }
}

/** Early, by forecast; and late, by fact: at four fifths and at the limit itself. */
function budgetNotifications(topicArn: string) {
  const notices = [
    { notificationType: 'FORECASTED', threshold: 100 },
    { notificationType: 'ACTUAL', threshold: 80 },
    { notificationType: 'ACTUAL', threshold: 100 },
  ];
  return notices.map((notice) => ({
    ...notice,
    comparisonOperator: 'GREATER_THAN',
    thresholdType: 'PERCENTAGE',
    subscriberSnsTopicArns: [topicArn],
  }));
}

/** With every key, as Cost Explorer gives it back; so a second plan finds no difference. */
function monitorSpecification() {
  return {
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: 'Project', MatchOptions: null, Values: [PROJECT] },
  };
}
