import * as fs from 'node:fs';
import { App, FileSystem, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AnalysisConfig } from '../../../lib/monitoring/private/model-monitor/analysis-config';

describe('analysis_config.json on its way into the assembly', () => {
  const written = (context: Record<string, unknown>): string[] => {
    const temporary = (): string[] => fs.readdirSync(FileSystem.tmpdir).filter(name => name.startsWith('analysis-config-'));
    const before = temporary();
    const app = new App({ context });
    const stack = new Stack(app, 'Test');
    new AnalysisConfig(stack, 'Config', { label: 'approved' }, new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }));
    app.synth();
    return temporary().filter(name => !before.includes(name));
  };

  test('leaves nothing in the folder of temporary files', () => {
    expect(written({})).toEqual([]);
  });

  test('stays there where assets are not staged, as the template names the file itself', () => {
    expect(written({ 'aws:cdk:disable-asset-staging': true })).toHaveLength(1);
  });
});
