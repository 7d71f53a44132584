import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Aws, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { ContainerImage } from '../../lib';

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

let app: App;
let stack: Stack;
let role: Role;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Test');
  role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
});

function folderWithDockerfile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'image-'));
  fs.writeFileSync(path.join(folder, 'Dockerfile'), 'FROM scratch\n');
  return folder;
}

interface AssetManifest {
  readonly dockerImages?: Record<string, { readonly source: { readonly platform: string } }>;
}

function imagePlatforms(assembly: CloudAssembly): string[] {
  return fs.readdirSync(assembly.directory)
    .filter(file => file.endsWith('.assets.json'))
    .map(file => JSON.parse(fs.readFileSync(path.join(assembly.directory, file), 'utf8')) as AssetManifest)
    .flatMap(manifest => Object.values(manifest.dockerImages ?? {}))
    .map(image => image.source.platform);
}

test.each(['churn:1', 'churn@sha256:0123', 'team/churn'])('a URI grants pulling exactly its repository: %s', (name) => {
  const uri = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}`;

  expect(ContainerImage.fromUri(uri).bind(stack, role)).toEqual({ imageUri: uri });

  const repository = name.replace(/[:@].*/, '');
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Effect: 'Allow', Action: PULL, Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ecr:eu-west-1:111122223333:repository/${repository}`]] },
      }]),
    },
  });
});

test('a URI may hold tokens for account, region and domain', () => {
  ContainerImage.fromUri(`${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/churn:1`).bind(stack, role);

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: PULL, Resource: { 'Fn::Join': ['', Match.arrayWith([':repository/churn'])] } })]) },
  });
});

test('a URI that is all token grants nothing', () => {
  ContainerImage.fromUri(Lazy.string({ produce: () => 'anything' })).bind(stack, role);

  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
});

test('fails for an image outside of ECR', () => {
  expect(() => ContainerImage.fromUri('docker.io/library/node:22').bind(stack, role)).toThrow(
    'SageMaker cannot pull the image "docker.io/library/node:22": it takes images from ECR only, so push it there and give <account>.dkr.ecr.<region>',
  );
});

test('an image of a repository is pulled by tag or by digest', () => {
  const repository = new Repository(stack, 'Repository');

  const tag = ContainerImage.fromEcrRepository(repository, '1').bind(stack, role);
  const digest = ContainerImage.fromEcrRepository(repository, 'sha256:0123').bind(stack, role);

  expect(tag.imageUri.endsWith(':1')).toBe(true);
  expect(digest.imageUri.endsWith('@sha256:0123')).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'ecr:GetAuthorizationToken', Resource: '*' })]) },
  });
});

test('a folder is built once a stack, for x86 unless told otherwise', () => {
  const directory = folderWithDockerfile();
  const image = ContainerImage.fromAsset(directory);
  const other = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });

  expect(image.bind(stack, role).imageUri).toBe(image.bind(stack, other).imageUri);
  ContainerImage.fromAsset(directory, { platform: Platform.LINUX_ARM64 }).bind(new Stack(stack, 'Nested'), role);

  expect(imagePlatforms(app.synth()).sort()).toEqual(['linux/amd64', 'linux/arm64']);
});
