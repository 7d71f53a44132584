// The lending sample as it is deployed to the emulator: its images are given, since there is no Docker.
import { App } from 'aws-cdk-lib';
import { ContainerImage } from '../../lib';
import { engineOf } from '../../sample/engine';
import { LendingStack } from '../../sample/lending/lending-stack';
import { REGISTRY } from './cdk-cli';

const app = new App();
new LendingStack(app, 'Lending', {
  engine: engineOf(app),
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  image: ContainerImage.fromUri(`${REGISTRY}/lending:1`),
  analyzerImage: ContainerImage.fromUri(`${REGISTRY}/analyzer:1`),
});
