import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal } from 'aws-cdk-lib/aws-iam';
import { DataScientistRole, ExecutionRole, MlOpsEngineerRole } from '../../lib';
import { nagFindings } from '../nag';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const TRAINING = ['sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateTrainingJob'];
const DEPLOYING = [
  'sagemaker:CreateEndpoint', 'sagemaker:CreateEndpointConfig', 'sagemaker:DeleteEndpoint', 'sagemaker:UpdateEndpoint',
  'sagemaker:UpdateEndpointWeightsAndCapacities', 'sagemaker:UpdateModelPackage',
];

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test');
});

function roleOf(Persona: typeof DataScientistRole | typeof MlOpsEngineerRole): void {
  new Persona(stack, 'Person', {
    assumedBy: new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    executionRoles: [new ExecutionRole(stack, 'Execution')],
  });
}

function statements(): Statement[] {
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies.find(([id]) => id.startsWith('Person'))![1].Properties.PolicyDocument.Statement as Statement[];
}

function actions(effect: string): string[] {
  return statements().filter(statement => statement.Effect === effect).flatMap(statement => statement.Action);
}

test.each([
  { Persona: DataScientistRole, may: TRAINING, mustNot: DEPLOYING },
  { Persona: MlOpsEngineerRole, may: DEPLOYING, mustNot: TRAINING },
])('$Persona.name may do its own work and is denied the other\'s', ({ Persona, may, mustNot }) => {
  roleOf(Persona);

  expect(actions('Allow')).toEqual(expect.arrayContaining(may));
  expect(actions('Deny')).toEqual(expect.arrayContaining(mustNot));
  expect(actions('Allow').filter(action => actions('Deny').includes(action))).toEqual([]);
  expect(statements().find(statement => statement.Effect === 'Deny')!.Resource).toBe('*');
});

describe.each([DataScientistRole, MlOpsEngineerRole])('%p', (Persona) => {
  test('passes only the execution roles, and to SageMaker only', () => {
    roleOf(Persona);

    expect(statements()).toContainEqual({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Execution/), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    });
  });

  test('changes nothing by a wildcard action', () => {
    roleOf(Persona);

    expect(actions('Allow').filter(action => action.includes('*'))).toEqual(['sagemaker:Describe*', 'sagemaker:List*']);
  });

  test('is assumed by whom the user says, with a second factor if asked', () => {
    roleOf(Persona);

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })] },
    });
  });

  test('fails without a role to pass', () => {
    expect(() => new Persona(stack, 'Person', { assumedBy: new AccountRootPrincipal(), executionRoles: [] }))
      .toThrow('\'executionRoles\' is empty, so that SageMaker could be handed no role at all: give the roles of the jobs or models');
  });

  test('raises no finding of cdk-nag', () => {
    roleOf(Persona);

    expect(nagFindings(stack)).toEqual([]);
  });
});
