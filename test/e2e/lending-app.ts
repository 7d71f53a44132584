// The lending sample as it is deployed to the emulator: its images are given, since there is no Docker.
import { App } from 'aws-cdk-lib';
import { ContainerImage } from '../../lib';
import { LendingStack } from '../../sample/lending/lending-stack';
import { REGISTRY } from './cdk-cli';

new LendingStack(new App(), 'Lending', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  image: ContainerImage.fromUri(`${REGISTRY}/lending:1`),
  analyzerImage: ContainerImage.fromUri(`${REGISTRY}/analyzer:1`),
});
