import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { ContainerImage, DataCapture, DataCaptureOptions, Hosting, KmsEncryption, ModelData, MonitoredEndpoint, MonitoredEndpointProps } from '../../lib';
import { nagFindings } from '../nag';

const IMAGE_URI = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test');
});

/** An endpoint in a stack of secure buckets. */
function endpointWith(props: Partial<MonitoredEndpointProps> = {}, capture: DataCaptureOptions = {}): MonitoredEndpoint {
  const encryption = new KmsEncryption(stack, 'Encryption');
  return new MonitoredEndpoint(stack, 'Endpoint', {
    image: ContainerImage.fromUri(IMAGE_URI),
    modelData: ModelData.fromBucket(encryption.addBucket('Models'), 'churn/1/model.tar.gz'),
    dataCapture: DataCapture.toBucket(encryption.addBucket('Capture'), capture),
    ...props,
  });
}

const template = (): Template => Template.fromStack(stack);

function vpc(): Vpc {
  return new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
}

describe('the model', () => {
  test('is isolated, and bears no name', () => {
    endpointWith({ environment: { LOG_LEVEL: 'info' } });

    template().hasResourceProperties('AWS::SageMaker::Model', {
      ModelName: Match.absent(),
      EnableNetworkIsolation: true,
      VpcConfig: Match.absent(),
      PrimaryContainer: {
        Image: IMAGE_URI,
        ModelDataUrl: { 'Fn::Join': ['', ['s3://', Match.anyValue(), '/churn/1/model.tar.gz']] },
        Environment: { LOG_LEVEL: 'info' },
      },
    });
  });

  test('waits for its role and for the policy of the role', () => {
    endpointWith();

    const dependencies = Object.values(template().findResources('AWS::SageMaker::Model'))[0]!.DependsOn as string[];
    expect(dependencies).toEqual([expect.stringMatching(/^EndpointRoleDefaultPolicy/), expect.stringMatching(/^EndpointRole/)]);
  });

  test('runs in a VPC with a security group of its own', () => {
    endpointWith({ vpc: vpc() });

    template().hasResourceProperties('AWS::SageMaker::Model', {
      VpcConfig: { Subnets: [Match.anyValue(), Match.anyValue()], SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('EndpointSecurityGroup'), 'GroupId'] }] },
    });
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']) })]) },
    });
  });

  test('runs with a role that is given, to which it adds what it needs', () => {
    const role = new Role(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });

    expect(endpointWith({ role }).role).toBe(role);
    template().resourcePropertiesCountIs('AWS::IAM::Role', { AssumeRolePolicyDocument: Match.anyValue() }, 1);
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['s3:PutObject', 's3:AbortMultipartUpload'] })]) },
    });
  });
});

describe('the data capture', () => {
  test('takes both sides of every request, CSV and JSON as text, encrypted with the key of the bucket', () => {
    endpointWith();

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      EndpointConfigName: Match.absent(),
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 100,
        DestinationS3Uri: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('Capture') }, '/capture']] },
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('EncryptionKey'), 'Arn'] },
        CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
        CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
      },
    });
  });

  test('is written by the role of the model, under its folder only', () => {
    endpointWith({}, { prefix: 'traffic/churn' });

    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'kms:Decrypt' }),
          Match.objectLike({ Action: 'kms:GenerateDataKey' }),
          Match.objectLike({
            Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Capture'), 'Arn'] }, '/traffic/churn/*']] },
          }),
        ]),
      },
    });
  });

  test('works with a bucket that has no key of the customer', () => {
    endpointWith({ dataCapture: DataCapture.toBucket(Bucket.fromBucketName(stack, 'Imported', 'traffic')) });

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: Match.absent(),
      DataCaptureConfig: { DestinationS3Uri: 's3://traffic/capture', KmsKeyId: Match.absent() },
    });
  });

  test('warns when nothing is captured', () => {
    const endpoint = endpointWith({}, { samplingPercentage: 0 });

    Annotations.fromStack(stack).hasWarning(`/${endpoint.node.path}`, Match.stringLikeRegexp('samplingPercentage is 0.*cdk-model-monitor:nothingCaptured'));
  });
});

describe('the hosting', () => {
  test.each(['ml.m5.large', 'ml.m5.4xlarge', 'ml.inf2.xlarge', 'ml.inf2.48xlarge'])('may be %s, with encrypted volumes', (instanceType) => {
    endpointWith({ hosting: Hosting.instances({ instanceType, instanceCount: 2, startupTimeout: Duration.minutes(5) }) });

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('EncryptionKey'), 'Arn'] },
      ProductionVariants: [{
        VariantName: 'AllTraffic',
        ModelName: { 'Fn::GetAtt': [Match.stringLikeRegexp('EndpointModel'), 'ModelName'] },
        InstanceType: instanceType,
        InitialInstanceCount: 2,
        InitialVariantWeight: 1,
        ContainerStartupHealthCheckTimeoutInSeconds: 300,
      }],
    });
  });

  test('is one ml.m5.large when nothing is said', () => {
    endpointWith();

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [Match.objectLike({ InstanceType: 'ml.m5.large', InitialInstanceCount: 1 })],
    });
  });

  test('gives no volume key to instances that encrypt their own disks', () => {
    endpointWith({ hosting: Hosting.instances({ instanceType: 'ml.g5.xlarge' }) });

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', { KmsKeyId: Match.absent(), DataCaptureConfig: { KmsKeyId: Match.anyValue() } });
  });

  test('lets SageMaker use the volume key for its own grants only', () => {
    endpointWith();

    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } })]),
      },
    });
  });
});

describe('the endpoint', () => {
  test('tells where its traffic is captured, in its own case', () => {
    const endpoint = endpointWith();

    expect(endpoint.variantName).toBe('AllTraffic');
    expect(stack.resolve(endpoint.endpointName)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'EndpointName'] });
    expect(stack.resolve(endpoint.captureUri)).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching('Capture') }, '/capture']] });
    expect(endpoint.captureKey?.node.path).toBe('Test/Encryption/Key');
  });

  test.each(['grants', 'method'])('may be invoked by whom it is granted to (%s)', (way) => {
    const endpoint = endpointWith();
    const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    if (way === 'grants') endpoint.grants.invoke(caller);
    else endpoint.grantInvoke(caller);

    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^Caller') }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: stack.resolve(endpoint.endpointArn) }] },
    });
  });

  test('takes from its L1 resource what is not built in: kept counts, and a canary', () => {
    const resource = endpointWith().node.defaultChild as CfnEndpoint;
    resource.retainAllVariantProperties = true;
    resource.deploymentConfig = { autoRollbackConfiguration: { alarms: [{ alarmName: 'errors' }] } };

    template().hasResourceProperties('AWS::SageMaker::Endpoint', {
      RetainAllVariantProperties: true,
      DeploymentConfig: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'errors' }] } },
    });
  });

  test('leaves nothing of the network in its own stack when VPC and security groups are given from another', () => {
    const network = new Stack(stack, 'Network');
    const networkVpc = new Vpc(network, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });

    endpointWith({ vpc: networkVpc, securityGroups: [new SecurityGroup(network, 'SecurityGroup', { vpc: networkVpc })] });

    const types = Object.values(template().toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.filter(type => type.startsWith('AWS::EC2::'))).toEqual([]);
    expect(stack.dependencies).toContain(network);
  });

  test('warns when its container can reach the network', () => {
    const endpoint = endpointWith({ networkIsolation: false });

    template().hasResourceProperties('AWS::SageMaker::Model', { EnableNetworkIsolation: false });
    Annotations.fromStack(stack).hasWarning(`/${endpoint.node.path}`, Match.stringLikeRegexp('cdk-model-monitor:endpointNotIsolated'));
  });

  test('raises no finding of cdk-nag', () => {
    endpointWith();

    expect(nagFindings(stack)).toEqual([]);
  });
});

describe('bad input', () => {
  test('is reported all at once', () => {
    expect(() => endpointWith(
      { hosting: Hosting.instances({ instanceType: 'ml.m5.larg', instanceCount: 0, startupTimeout: Duration.seconds(10) }), securityGroups: [] },
      { samplingPercentage: 101, prefix: 'capture/', csvContentTypes: ['text/csv; charset=utf-8'], jsonContentTypes: [] },
    )).toThrow(`MonitoredEndpoint: ${[
      'unknown instance type "ml.m5.larg" for an endpoint: did you mean ml.m5.large, ml.c5.large, ml.m5.xlarge?',
      '\'instanceCount\' must be a whole number of at least 1, got 0',
      '\'startupTimeout\' must be between 60 seconds and 1 hour, got 10 seconds',
      '\'samplingPercentage\' must be a whole number from 0 to 100, got 101',
      '\'prefix\' of the data capture must be a folder without slashes around it, as the service adds its own, got "capture/"',
      '\'csvContentTypes\' must hold types without parameters, such as text/csv, which match requests with parameters too, got "text/csv; charset=utf-8"',
      '\'jsonContentTypes\' must hold 1 to 10 content types, got 0',
      '\'vpcSubnets\' and \'securityGroups\' have no effect without \'vpc\': give the VPC too, or leave them out',
    ].join('\n  ')}`);
  });

  test.each([-1, 12.5, 101, NaN])('fails for a sampling of %s percent', (samplingPercentage) => {
    expect(() => endpointWith({}, { samplingPercentage })).toThrow(`got ${String(samplingPercentage)}`);
  });

  test.each([0, 1, 100])('takes a sampling of %s percent', (samplingPercentage) => {
    endpointWith({}, { samplingPercentage });

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', { DataCaptureConfig: { InitialSamplingPercentage: samplingPercentage } });
  });

  test.each(['', '/', '/capture', 'capture/', 'a//b'])('fails for the prefix "%s"', (prefix) => {
    expect(() => endpointWith({}, { prefix })).toThrow('must be a folder without slashes around it');
  });

  test.each([0, -1, 1.5])('fails for %s instances', (instanceCount) => {
    expect(() => endpointWith({ hosting: Hosting.instances({ instanceCount }) })).toThrow(`got ${String(instanceCount)}`);
  });

  test('leaves tokens to the deployment', () => {
    endpointWith(
      { hosting: Hosting.instances({ instanceType: Lazy.string({ produce: () => 'ml.m5.xlarge' }), instanceCount: Lazy.number({ produce: () => 3 }) }) },
      { samplingPercentage: Lazy.number({ produce: () => 20 }), prefix: Lazy.string({ produce: () => 'traffic' }) },
    );

    template().hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [Match.objectLike({ InstanceType: 'ml.m5.xlarge', InitialInstanceCount: 3 })],
      DataCaptureConfig: { InitialSamplingPercentage: 20 },
    });
  });
});
