// `npx cdk deploy --app "node --import tsx sample/lending/app.ts"`; `-c engine=model-monitor` has the managed service analyse it
import { App } from 'aws-cdk-lib';
import { engineOf } from '../engine';
import { LendingStack } from './lending-stack';

const app = new App();
new LendingStack(app, 'Lending', { engine: engineOf(app), env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
