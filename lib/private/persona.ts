import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { PersonaRoleProps } from '../security/persona-role-props';
import { grant } from './grants';
import { Problems } from './validation';

/** What a person may and must not do with SageMaker. */
export interface Persona {
  readonly allowed: string[];
  /** Kinds of resource that the allowed actions create or change, as they stand in ARNs. */
  readonly resources: string[];
  /** Denied whatever other policies say. */
  readonly denied: string[];
}

/** Gives a person's role its permissions; everybody may see everything. */
export function applyPersona(role: Role, persona: Persona, props: PersonaRoleProps): void {
  const problems = new Problems(role);
  problems.require(props.executionRoles.length > 0,
    '\'executionRoles\' is empty, so that SageMaker could be handed no role at all: give the roles of the jobs or models, such as an ExecutionRole');
  problems.throwIfAny();

  allowSeeing(role);
  grant(role, {
    actions: persona.allowed,
    resourceArns: persona.resources.map(resource => Stack.of(role).formatArn({ service: 'sagemaker', resource, resourceName: '*' })),
    reason: 'The person names what they create.',
  });
  role.addToPolicy(new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: props.executionRoles.map(executionRole => executionRole.roleArn),
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  }));
  role.addToPolicy(new PolicyStatement({ effect: Effect.DENY, actions: persona.denied, resources: ['*'] }));
}

function allowSeeing(role: Role): void {
  grant(role, {
    actions: ['sagemaker:Describe*', 'sagemaker:List*'],
    resourceArns: ['*'],
    reason: 'Seeing what there is, which changes nothing; most List actions know no resource.',
  });
  grant(role, {
    actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
    resourceArns: [Stack.of(role).formatArn({
      service: 'logs', resource: 'log-group', resourceName: '/aws/sagemaker/*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })],
    reason: 'SageMaker names the log groups and streams of its jobs and endpoints.',
  });
}
