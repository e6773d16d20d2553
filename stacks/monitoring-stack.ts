import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { regionOf } from '../constructs/aws/arn';
import { AwsMonitoring } from '../constructs/aws/aws-monitoring';
import { Autoscaler } from '../constructs/kubernetes/autoscaler';
import { MonitoringNamespaces } from '../constructs/kubernetes/namespaces';
import { NetworkPolicies } from '../constructs/kubernetes/network-policies';
import { PlacedComponents } from './component-placement';
import { allOf } from './components';
import { deployAfter } from './deployment-order';
import type { MonitoringModel } from './monitoring-model';
import { addProviders } from './providers';
import { addStateBackend } from './state-backend';

/** One environment: places its model as Terraform resources, and decides nothing. */
export class MonitoringStack extends TerraformStack {
  constructor(scope: Construct, id: string, model: MonitoringModel) {
    super(scope, id);
    const { environment, components, networkPolicies: policies } = model;
    const { name, state, aws: account, autoscaling } = environment;
    addStateBackend(this, { name, state, region: account && regionOf(account) });
    addProviders(this, environment);
    const aws =
      model.aws && new AwsMonitoring(this, 'Cloud', { model: model.aws, components: allOf(components) });
    const namespaces = new MonitoringNamespaces(this, 'Namespaces', environment.namespaces);
    deployAfter(new NetworkPolicies(this, 'NetworkPolicies', { policies }), namespaces);
    deployAfter(new PlacedComponents(this, 'Components', model, aws), namespaces);
    if (autoscaling !== undefined) {
      const { cpuUtilisationRatio } = environment.thresholds;
      new Autoscaler(this, 'Autoscaler', { settings: autoscaling, cpuUtilisationRatio });
    }
  }
}
