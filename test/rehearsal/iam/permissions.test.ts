import { UnplayableError } from '../../../rehearsal/assembly/unplayable-error';
import { Decision, PermissionRequest, Permissions } from '../../../rehearsal/iam/permissions';
import { deploy, resource } from '../assembly/small-assembly';

const ACCOUNT = '123456789012';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const bucketArn = 'arn:aws:s3:::data';
const object = 'arn:aws:s3:::data/a.csv';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

const role = (...statements: unknown[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'runner', Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: statements } }] },
});
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more });

/** Asks on behalf of the role with logical id Role. */
function ask(resources: Resources, action: string, arn: string, context: PermissionRequest['context'] = {}): Decision {
  const deployment = deploy({ Resources: resources });
  return new Permissions(deployment).check({ principal: resource(deployment, 'Role'), action, resource: arn, context });
}

function askService(resources: Resources, service: string, action: string, arn: string, context: PermissionRequest['context'] = {}): Decision {
  return new Permissions(deploy({ Resources: resources })).check({ principal: { service }, action, resource: arn, context });
}

describe('a role\'s own policies', () => {
  test.each([
    ['its very action', allow('s3:GetObject', object)],
    ['a wildcard, in any case', allow('S3:get*', `${bucketArn}/*`)],
    ['a question mark', allow('s3:GetObjec?', 'arn:aws:s3:::data/?.csv')],
    ['everything but another action', { Effect: 'Allow', NotAction: 's3:PutObject', Resource: '*' }],
    ['everything but another resource', { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::other/*' }],
    ['a variable', allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/File}')],
  ])('allow by %s', (_, statement) => {
    expect(ask({ Role: role(statement) }, 's3:GetObject', object, { 'aws:PrincipalTag/File': 'a.csv' })).toMatchObject({
      allowed: true, statement: 'statement 1 of Inline of Churn.template.json Role',
    });
  });

  test.each([
    ['another action', allow('s3:PutObject', object)],
    ['another resource', allow('s3:GetObject', 'arn:aws:s3:::other/*')],
    ['a wildcard that would have to reach over a colon', allow('s3:GetObject', 'arn:aws:s3:*/a.csv')],
    ['NotAction with it', { Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }],
    ['NotResource with it', { Effect: 'Allow', Action: 's3:*', NotResource: object }],
    ['a variable that the call does not carry', allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/Missing}')],
  ])('do not allow by %s', (_, statement) => {
    const decision = ask({ Role: role(statement) }, 's3:GetObject', object);

    expect(decision).toEqual({
      allowed: false,
      reason: `Churn.template.json Role s3:GetObject on ${object}: no statement of Inline of Churn.template.json Role allows it`,
    });
  });

  test('a denial wins over any allowance, and is named', () => {
    const decision = ask({ Role: role(allow('*', '*'), deny('s3:*', object, { Sid: 'NeverThis' })) }, 's3:GetObject', object);

    expect(decision).toMatchObject({ allowed: false, explicitDeny: true });
    expect(decision.reason).toContain('forbidden by statement NeverThis of Inline of Churn.template.json Role');
  });

  test('count when attached from beside, and when managed', () => {
    const document = { PolicyDocument: { Statement: [allow('s3:GetObject', object)] } };
    const bare = { Type: 'AWS::IAM::Role', Properties: {} };

    expect(ask({ Role: bare }, 's3:GetObject', object).reason).toContain('Churn.template.json Role, which has no policy, allows it');
    expect(ask({ Role: bare, P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'P', Roles: [{ Ref: 'Role' }], ...document } } }, 's3:GetObject', object).allowed).toBe(true);
    expect(ask({ Role: bare, P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'P', Roles: ['another'], ...document } } }, 's3:GetObject', object).allowed).toBe(false);
    expect(ask({
      Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'P' }] } },
      P: { Type: 'AWS::IAM::ManagedPolicy', Properties: document },
    }, 's3:GetObject', object).allowed).toBe(true);
  });

  test('the AWS-managed policies that CDK attaches are known, others are named', () => {
    const managed = (name: string): Resources => ({ Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }] } } });
    const stream = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/lambda/x:log-stream:y`;

    expect(ask(managed('service-role/AWSLambdaBasicExecutionRole'), 'logs:PutLogEvents', stream).allowed).toBe(true);
    expect(ask(managed('service-role/AWSLambdaBasicExecutionRole'), 's3:GetObject', object).allowed).toBe(false);
    expect(() => ask(managed('AmazonSageMakerFullAccess'), 's3:GetObject', object)).toThrow(UnplayableError);
    expect(() => ask(managed('AmazonSageMakerFullAccess'), 's3:GetObject', object)).toThrow('the managed policy arn:aws:iam::aws:policy/AmazonSageMakerFullAccess');
  });

  test('a permissions boundary is the most they can give', () => {
    const boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow('s3:Put*', '*')] } } };
    const bounded = { ...role(allow('s3:*', '*')) };
    const Role = { ...bounded, Properties: { ...bounded.Properties, PermissionsBoundary: { Ref: 'Boundary' } } };

    expect(ask({ Role, Boundary: boundary }, 's3:PutObject', object).allowed).toBe(true);
    expect(ask({ Role, Boundary: boundary }, 's3:GetObject', object).reason).toContain('the permissions boundary Churn.template.json Boundary does not allow it');
  });
});

describe('conditions', () => {
  const under = (Condition: unknown, context: PermissionRequest['context'] = {}): Decision =>
    ask({ Role: role(allow('iam:PassRole', '*', { Condition })) }, 'iam:PassRole', 'arn:aws:iam::123456789012:role/job', context);

  test.each([
    [{ StringEquals: { 'IAM:passedToService': 'sagemaker.amazonaws.com' } }, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }, true],
    [{ StringEquals: { 'iam:PassedToService': ['a', 'b'] } }, { 'iam:PassedToService': 'c' }, false],
    [{ StringEquals: { 'iam:PassedToService': 'a' } }, {}, false],
    [{ StringEqualsIfExists: { 'iam:PassedToService': 'a' } }, {}, true],
    [{ StringNotEquals: { k: 'a' } }, {}, true],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    [{ StringEqualsIgnoreCase: { k: 'ABC' } }, { k: 'abc' }, true],
    [{ StringLike: { k: 'sage*' } }, { k: 'sagemaker' }, true],
    [{ StringNotLike: { k: 'sage*' } }, { k: 'sagemaker' }, false],
    [{ ArnLike: { k: 'arn:aws:events:*:123456789012:rule/x*' } }, { k: 'arn:aws:events:us-east-1:123456789012:rule/xyz' }, true],
    [{ ArnEquals: { k: 'arn:aws:events:us-east-1:1:rule/x' } }, { k: 'arn:aws:events:us-east-1:1:rule/xyz' }, false],
    [{ ArnNotLike: { k: 'arn:aws:events:*:1:rule/x' } }, { k: 'arn:aws:events:us-east-1:1:rule/y' }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, {}, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    [{ Null: { k: 'true' } }, {}, true],
    [{ Null: { k: 'false' } }, {}, false],
    [{ NumericLessThanEquals: { k: '10' } }, { k: '10' }, true],
    [{ NumericGreaterThan: { k: '10' } }, { k: '9' }, false],
    [{ 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: ['x', 'b'] }, true],
    [{ 'ForAnyValue:StringEquals': { k: ['a'] } }, {}, false],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'x'] }, false],
    [{ 'ForAllValues:StringEquals': { k: ['a'] } }, {}, true],
    [{ StringEquals: { k: '${aws:PrincipalAccount}' } }, { k: ACCOUNT }, true],
    [{ StringEquals: { a: '1' }, StringLike: { b: '2*' } }, { a: '1', b: '3' }, false],
  ])('%j with %j: %s', (condition, context, expected) => {
    expect(under(condition, context as PermissionRequest['context']).allowed).toBe(expected);
  });

  test('a statement that only its condition stops is named', () => {
    expect(under({ StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, { 'iam:PassedToService': 'lambda.amazonaws.com' }).reason)
      .toContain('statement 1 of Inline of Churn.template.json Role would, but for its condition {"StringEquals":{"iam:PassedToService":["sagemaker.amazonaws.com"]}}');
  });

  test('an operator that the rehearsal does not know is named, not skipped', () => {
    expect(() => under({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })).toThrow('cannot play the condition operator IpAddress, in statement 1 of Inline');
  });
});

describe('resource policies', () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
  const bucketPolicy = (...statements: unknown[]) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: statements } } });
  const runner = `arn:aws:iam::${ACCOUNT}:role/runner`;

  test('allow a role that they name, without a word of its own', () => {
    expect(ask({ Role: role(), Bucket: bucket, Policy: bucketPolicy(allow('s3:GetObject', `${bucketArn}/*`, { Principal: { AWS: runner } })) }, 's3:GetObject', object).allowed).toBe(true);
    expect(ask({ Role: role(), Bucket: bucket, Policy: bucketPolicy(allow('s3:GetObject', `${bucketArn}/*`, { Principal: { AWS: ROOT } })) }, 's3:GetObject', object).allowed).toBe(false);
  });

  test('deny what the role itself would be allowed', () => {
    const tlsOnly = deny('s3:*', [bucketArn, `${bucketArn}/*`], { Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const resources = { Role: role(allow('s3:*', '*')), Bucket: bucket, Policy: bucketPolicy(tlsOnly) };

    expect(ask(resources, 's3:GetObject', object).allowed).toBe(true);
    expect(ask(resources, 's3:GetObject', object, { 'aws:SecureTransport': 'false' })).toMatchObject({ allowed: false, explicitDeny: true });
  });

  describe('of a key', () => {
    const key = (...statements: unknown[]) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: statements } } });
    const keyArn = deploy({ Resources: { Key: key() } });
    const arn = keyArn.physical(resource(keyArn, 'Key')).arn;
    const toRoot = allow('kms:*', '*', { Principal: { AWS: ROOT } });

    test('must leave the word to the account before a role\'s own policy counts', () => {
      const own = role(allow('kms:Decrypt', arn));

      expect(ask({ Role: own, Key: key(toRoot) }, 'kms:Decrypt', arn).allowed).toBe(true);
      expect(ask({ Role: own, Key: key() }, 'kms:Decrypt', arn).reason).toContain('no statement of Churn.template.json Key allows it');
      expect(ask({ Role: role(), Key: key(toRoot) }, 'kms:Decrypt', arn).reason).toContain('no statement of Inline of Churn.template.json Role allows it');
      expect(ask({ Role: role(), Key: key(allow('kms:Decrypt', '*', { Principal: { AWS: runner } })) }, 'kms:Decrypt', arn).allowed).toBe(true);
    });

    test('must name a service itself', () => {
      const cloudwatch = allow(['kms:GenerateDataKey*', 'kms:Decrypt'], '*', { Principal: { Service: 'cloudwatch.amazonaws.com' } });

      expect(askService({ Key: key(toRoot, cloudwatch) }, 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', arn).allowed).toBe(true);
      expect(askService({ Key: key(toRoot) }, 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', arn).reason)
        .toBe(`cloudwatch.amazonaws.com kms:GenerateDataKey on ${arn}: no statement of Churn.template.json Key allows it`);
    });

    test('is taken for granted when the key is none of the templates\', and that is said', () => {
      const elsewhere = `arn:aws:kms:us-east-1:${ACCOUNT}:key/elsewhere`;

      expect(ask({ Role: role(allow('kms:Decrypt', '*')) }, 'kms:Decrypt', elsewhere)).toMatchObject({
        allowed: true, unproven: `the policy of the key ${elsewhere} lies outside of the templates`,
      });
    });

    test('of AWS\' own admits the account\'s roles and no service', () => {
      const managed = `arn:aws:kms:us-east-1:${ACCOUNT}:alias/aws/sns`;

      expect(ask({ Role: role() }, 'kms:Decrypt', managed).allowed).toBe(true);
      expect(askService({}, 'cloudwatch.amazonaws.com', 'kms:Decrypt', managed).reason).toContain('use a customer-managed key');
    });
  });

  test('of a topic: given none, the account\'s alarms may publish; given one, only whom it names', () => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } };
    const topicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:alarms`;
    const tlsOnly = deny('sns:Publish', { Ref: 'Topic' }, { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const policy = (...statements: unknown[]) => ({ Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: statements } } });
    const publish = (resources: Resources) => askService(resources, 'cloudwatch.amazonaws.com', 'sns:Publish', topicArn, { 'aws:SourceOwner': ACCOUNT });

    expect(publish({ Topic: topic }).allowed).toBe(true);
    expect(publish({ Topic: topic, Policy: policy(tlsOnly) }).reason).toContain('no statement of Churn.template.json Policy allows it');
    expect(publish({ Topic: topic, Policy: policy(tlsOnly, allow('sns:Publish', { Ref: 'Topic' }, { Principal: { Service: 'cloudwatch.amazonaws.com' } })) }).allowed).toBe(true);
  });

  test('of a function: a permission holds for its source only', () => {
    const resources = {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'trigger' } },
      Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Fn' }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/mine' } },
    };
    const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:trigger`;
    const invoke = (rule: string, target = arn) => askService(resources, 'events.amazonaws.com', 'lambda:InvokeFunction', target, { 'aws:SourceArn': `arn:aws:events:us-east-1:123456789012:rule/${rule}` });

    expect(invoke('mine').allowed).toBe(true);
    expect(invoke('another').allowed).toBe(false);
    expect(invoke('mine', `${arn}:live`).reason).toContain('Churn.template.json Fn has no policy of its own that could allow it');
  });

  test('of a role: it says which service may assume it, and needs no say in being passed', () => {
    const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] };
    const resources = { Role: role(allow('iam:PassRole', '*')), Job: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'job', AssumeRolePolicyDocument: trust } } };
    const job = `arn:aws:iam::${ACCOUNT}:role/job`;

    expect(askService(resources, 'sagemaker.amazonaws.com', 'sts:AssumeRole', job).allowed).toBe(true);
    expect(askService(resources, 'lambda.amazonaws.com', 'sts:AssumeRole', job).allowed).toBe(false);
    expect(ask(resources, 'iam:PassRole', job).allowed).toBe(true);
  });
});
