import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { functionDelivers, functionRole, functionRuns, RequiredPermission, roleOf, trust } from '../../../../rehearsal/iam/implied';
import { required } from '../../../../rehearsal/iam/implied/required-permission';

const FRAMEWORK = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html';
const FUNCTION_STATES = 'https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html';
const STATE_MACHINE = 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html';
const EXECUTION_ROLE = 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html';

/** What the functions of CDK's provider framework need, and the state machine in which they wait. */
export function providerFrameworks(deployment: Deployment): RequiredPermission[] {
  return [
    ...deployment.resources('AWS::Lambda::Function').flatMap(lambda => frameworkFunction(lambda, deployment)),
    ...deployment.resources('AWS::StepFunctions::StateMachine').flatMap(machine => waiter(machine, deployment)),
  ];
}

interface Variables {
  readonly USER_ON_EVENT_FUNCTION_ARN?: string;
  readonly USER_IS_COMPLETE_FUNCTION_ARN?: string;
  readonly WAITER_STATE_MACHINE_ARN?: string;
}

function frameworkFunction(lambda: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { Environment, Handler } = deployment.properties(lambda) as { Environment?: { Variables?: Variables }; Handler: string };
  const variables = Environment?.Variables ?? {};
  switch (variables.USER_ON_EVENT_FUNCTION_ARN && Handler) {
    case 'framework.onEvent': return [...calls(lambda, variables.USER_ON_EVENT_FUNCTION_ARN, deployment), ...waits(lambda, variables, deployment)];
    case 'framework.isComplete': return calls(lambda, variables.USER_IS_COMPLETE_FUNCTION_ARN, deployment);
    case 'framework.onTimeout': return functionRuns(lambda, deployment);
    default: return [];
  }
}

function calls(lambda: TemplateResource, handlerArn = '', deployment: Deployment): RequiredPermission[] {
  const handler = deployment.byArn(handlerArn);
  if (handler === undefined) throw new Error(`${lambda.logicalId} calls ${handlerArn}, which is not in the template`);
  const principal = functionRole(lambda, deployment);
  return [
    ...functionRuns(lambda, deployment),
    ...functionDelivers(lambda, handler, deployment),
    ...required({ principal, actions: ['lambda:GetFunction'], resource: handlerArn }, 'a handler that is not yet active is waited for', FUNCTION_STATES),
  ];
}

function waits(lambda: TemplateResource, { WAITER_STATE_MACHINE_ARN: resource }: Variables, deployment: Deployment): RequiredPermission[] {
  if (resource === undefined) return [];
  const principal = functionRole(lambda, deployment);
  return required({ principal, actions: ['states:StartExecution'], resource }, 'what is not complete at once is waited for', FRAMEWORK);
}

/** The functions that a state machine calls stand in its definition. */
function waiter(machine: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { DefinitionString, RoleArn } = deployment.properties(machine) as { DefinitionString: string; RoleArn: string };
  const role = roleOf(machine, RoleArn, deployment);
  const functions = DefinitionString.match(/arn:[^"]+:function:[^"]+/g) ?? [];
  return [
    ...trust(role, 'states.amazonaws.com', deployment.physical(machine).arn, deployment, EXECUTION_ROLE),
    ...[...new Set(functions)].flatMap(arn => required({ principal: role, actions: ['lambda:InvokeFunction'], resource: arn }, 'the state machine invokes it', STATE_MACHINE)),
  ];
}
