import { Cadence } from '../../../lib';
import { ModelMonitorFixture } from './fixture';

describe('guards', () => {
  const fixture = new ModelMonitorFixture();
  fixture.managed(['data-quality', 'model-quality']);
  const template = fixture.template();
  const schedules = Object.entries(template.findResources('AWS::SageMaker::MonitoringSchedule'));
  const guards = Object.entries(template.findResources('Custom::ModelMonitorScheduleGuard'));
  const guardOf = (name: unknown, moment: string) =>
    guards.find(([, { Properties }]) => Properties.scheduleName === name && Properties.moment === moment)!;

  test('each schedule is changed after one and deleted after the other', () => {
    expect(guards).toHaveLength(2 * schedules.length);
    for (const [id, { DependsOn, Properties }] of schedules) {
      expect(DependsOn).toContain(guardOf(Properties.MonitoringScheduleName, 'before')[0]);
      expect(guardOf(Properties.MonitoringScheduleName, 'after')[1].DependsOn).toContain(id);
      expect(guardOf(Properties.MonitoringScheduleName, 'before')[1].DependsOn).not.toContain(id);
    }
  });

  test('a guard changes whenever its schedule does', () => {
    for (const [, { Properties }] of schedules) {
      const { MonitoringJobDefinitionName: jobDefinition, ScheduleConfig: { ScheduleExpression: expression } } = Properties.MonitoringScheduleConfig;
      for (const moment of ['before', 'after']) {
        expect(guardOf(Properties.MonitoringScheduleName, moment)[1].Properties).toMatchObject({ jobDefinition, expression, ServiceTimeout: '3600' });
      }
    }
  });

  test('one function guards all schedules of a stack, and may touch no other', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /^GuardsOfSchedules\w*IsCompleteRole/.test(id));
    const statements = policies.flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement as { readonly Action: string | string[]; readonly Resource: unknown }[]);
    const touched = statements.filter(({ Action }) => [Action].flat().includes('sagemaker:StopMonitoringSchedule'))
      .map(({ Resource }) => JSON.stringify(Resource));
    expect(policies.filter(([, { Properties }]) => JSON.stringify(Properties).includes('MonitoringSchedule'))).toHaveLength(1);
    expect(touched.join()).toContain('monitoring-schedule/churn-data-quality');
    expect(touched.join()).toContain('monitoring-schedule/churn-model-quality');
    expect(touched.join()).not.toContain('*');
  });
});

test.each<[string, Cadence]>([
  ['cron(0 * ? * * *)', Cadence.hourly()],
  ['cron(0 0/6 ? * * *)', Cadence.everyHours(6)],
  ['cron(0 0 ? * * *)', Cadence.everyHours(24)],
  ['cron(0 23 ? * * *)', Cadence.daily({ hour: 23 })],
])('a cadence is in the service\'s words %s', (expression, cadence) => {
  const fixture = new ModelMonitorFixture();
  fixture.managed(['data-quality'], { cadence });
  fixture.template().hasResourceProperties('AWS::SageMaker::MonitoringSchedule', { MonitoringScheduleConfig: { ScheduleConfig: { ScheduleExpression: expression } } });
});
