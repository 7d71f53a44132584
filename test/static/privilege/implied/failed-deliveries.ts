import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { functionDelivers, RequiredPermission, ruleDelivers, scheduleDelivers } from '../../../../rehearsal/iam/implied';

/** What fails for good is put where it can be replayed: by Lambda, by EventBridge and by the Scheduler. */
export function failedDeliveries(deployment: Deployment): RequiredPermission[] {
  return [...ofFunctions(deployment), ...ofRules(deployment), ...ofSchedules(deployment)];
}

interface DeadLetters { readonly DeadLetterConfig?: { readonly Arn: string } }

function ofFunctions(deployment: Deployment): RequiredPermission[] {
  return deployment.resources('AWS::Lambda::EventInvokeConfig').flatMap((config) => {
    const { FunctionName, DestinationConfig } = deployment.properties(config) as unknown as InvokeConfigProperties;
    const lambda = found(deployment.byName('AWS::Lambda::Function', FunctionName), config);
    return functionDelivers(lambda, found(deployment.byArn(DestinationConfig.OnFailure.Destination), config), deployment);
  });
}

interface InvokeConfigProperties {
  readonly FunctionName: string;
  readonly DestinationConfig: { readonly OnFailure: { readonly Destination: string } };
}

function ofRules(deployment: Deployment): RequiredPermission[] {
  return deployment.resources('AWS::Events::Rule').flatMap((rule) => {
    const { Targets } = deployment.properties(rule) as unknown as { readonly Targets: readonly DeadLetters[] };
    return Targets.flatMap(target => ruleDelivers(rule, deadLetterQueue(target, rule, deployment), deployment));
  });
}

function ofSchedules(deployment: Deployment): RequiredPermission[] {
  return deployment.resources('AWS::Scheduler::Schedule').flatMap((schedule) => {
    const { Target } = deployment.properties(schedule) as unknown as { readonly Target: DeadLetters };
    return scheduleDelivers(schedule, deadLetterQueue(Target, schedule, deployment), deployment);
  });
}

function deadLetterQueue({ DeadLetterConfig }: DeadLetters, of: TemplateResource, deployment: Deployment): TemplateResource {
  return found(DeadLetterConfig && deployment.byArn(DeadLetterConfig.Arn), of);
}

function found(resource: TemplateResource | undefined, of: TemplateResource): TemplateResource {
  if (resource === undefined) throw new Error(`${of.logicalId} has nowhere in the template to put what fails`);
  return resource;
}
