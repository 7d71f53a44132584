// `npx cdk deploy --app "node --import tsx sample/lending/app.ts"`
import { App } from 'aws-cdk-lib';
import { LendingStack } from './lending-stack';

new LendingStack(new App(), 'Lending', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
