import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DriftAlarm, DriftMetric, ExecutionFailedAlarm, ModelHealthAlarm } from '../../lib';
import { AlarmFixture } from './alarm-fixture';

function alarms(scope: Stack, count: number): cloudwatch.IAlarm[] {
  const metric = new cloudwatch.Metric({ namespace: 'test', metricName: 'test' });
  return Array.from({ length: count }, (_, index) => new cloudwatch.Alarm(scope, `Alarm${index}`, { metric, threshold: 0, evaluationPeriods: 1 }));
}

test('the model is unwell while one of its alarms is raised', () => {
  const fixture = new AlarmFixture();
  const { stack, actions } = fixture;
  const schedule = fixture.schedule();
  const drift = new DriftAlarm(stack, 'Drift', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.1, actions });
  const failed = new ExecutionFailedAlarm(stack, 'Failed', { schedule, actions });
  const imported = cloudwatch.Alarm.fromAlarmName(stack, 'Imported', 'latency');
  new ModelHealthAlarm(stack, 'Health', { alarms: [drift, failed, imported], actions });
  fixture.template().hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    AlarmRule: { 'Fn::Join': ['', [
      'ALARM("', { Ref: Match.stringLikeRegexp('^Drift') }, '") OR ALARM("', { Ref: Match.stringLikeRegexp('^Failed') }, '") OR ALARM("latency")',
    ]] },
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
  });
});

test('an alarm of other models can be one of them', () => {
  const stack = new Stack(new App(), 'Test');
  const inner = new ModelHealthAlarm(stack, 'Inner', { alarms: alarms(stack, 1) });
  new ModelHealthAlarm(stack, 'Outer', { alarms: [inner] });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmRule: { 'Fn::Join': ['', ['ALARM("', { Ref: Match.stringLikeRegexp('^Inner') }, '")']] } });
});

test('without actions it tells nobody, and is not told off: each of its alarms tells of itself', () => {
  const stack = new Stack(new App(), 'Test');
  new ModelHealthAlarm(stack, 'Health', { alarms: alarms(stack, 100) });
  Annotations.fromStack(stack).hasNoWarning('/Test/Health', Match.anyValue());
});

describe('fails', () => {
  const make = (count: number, stackName = 'Test') => () => {
    const stack = new Stack(new App(), 'Stack', { stackName });
    new ModelHealthAlarm(stack, 'Health', { alarms: alarms(stack, count) });
  };

  test('without alarms', () => {
    expect(make(0)).toThrow('alarms is empty: give at least one, such as a DriftAlarm');
  });

  test('with more alarms than CloudWatch takes', () => {
    expect(make(101)).toThrow('alarms takes at most 100, got 101: give some to a ModelHealthAlarm of their own, and that one to this');
  });

  test('with names so long that the rule would be', () => {
    // A stack name of 100, a hyphen, a logical id of 15 or 14 ("Alarm10" + hash), a hyphen and 13 made-up characters; ALARM("") and " OR " around it.
    expect(make(80, 'a'.repeat(100))).toThrow(
      `the names of 80 alarms make a rule of up to ${70 * (100 + 1 + 15 + 14) + 10 * (100 + 1 + 14 + 14) + 80 * 9 + 79 * 4} characters, at most 10240 are allowed: give some to`);
    expect(make(60, 'a'.repeat(100))).not.toThrow();
  });

  test('with one alarm given twice', () => {
    const stack = new Stack(new App(), 'Test');
    const [alarm] = alarms(stack, 1);
    expect(() => new ModelHealthAlarm(stack, 'Health', { alarms: [alarm!, alarm!] })).toThrow('alarms holds one of them twice');
  });
});
