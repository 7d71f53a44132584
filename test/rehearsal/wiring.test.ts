import { MutableTemplate, resource, SampleAssembly } from './sample-assembly';

/** Removes a statement that allows an action from every policy that contains one of the words in its logical id. */
function withoutAction(template: MutableTemplate, type: string, containing: string, action: string): void {
  const found = Object.entries(template.Resources).filter(([logicalId, { Type }]) => Type === type && logicalId.includes(containing));
  let removed = 0;
  for (const [, { Properties }] of found) {
    const document = Properties.PolicyDocument ?? Properties.KeyPolicy;
    for (const statement of document.Statement) {
      const actions: string[] = [statement.Action].flat();
      if (!actions.includes(action)) continue;
      statement.Action = actions.length === 1 ? 'none:Nothing' : actions.filter(name => name !== action);
      removed++;
    }
  }
  if (removed === 0) throw new Error(`no ${type} with ${JSON.stringify(containing)} allows ${action}`);
}

/** Changes the input of the schedule that starts executions, whatever expression it is written in. */
function rewriteScheduleInput(template: MutableTemplate, from: RegExp, to: string): void {
  const schedule = Object.values(template.Resources).find(({ Type, Properties }) => Type === 'AWS::Scheduler::Schedule' && JSON.stringify(Properties.Target.Input).includes('scheduledTime'))!;
  const before = JSON.stringify(schedule.Properties.Target.Input);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${String(from)} is not in the schedule's input: ${before.slice(0, 400)}`);
  schedule.Properties.Target.Input = JSON.parse(after);
}

function alarmOn(template: MutableTemplate, metricName: string): MutableTemplate['Resources'][string]['Properties'] {
  return Object.values(template.Resources).find(({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties.MetricName === metricName)!.Properties;
}

function ruleOn(template: MutableTemplate, source: string): MutableTemplate['Resources'][string]['Properties'] {
  return Object.values(template.Resources).find(({ Type, Properties }) => Type === 'AWS::Events::Rule' && Properties.EventPattern.source[0] === source)!.Properties;
}

/** What is done to the synthesized template, and the arrow that the rehearsal has to name. */
const MUTATIONS: readonly [name: string, mutate: (template: MutableTemplate) => void, arrow: RegExp][] = [
  ['a misspelt metric name, while another alarm would still close the loop',
    (template) => { alarmOn(template, 'feature_baseline_drift_income').MetricName = 'feature_baseline_drift_incme'; },
    /^metric → .*: nobody publishes feature_baseline_drift_incme/s],
  ['a misspelt dimension, while another alarm would still close the loop',
    (template) => { alarmOn(template, 'feature_baseline_drift_income').Dimensions[0].Name = 'EndpointName'; },
    /^metric → .*: nobody publishes feature_baseline_drift_income .*EndpointName=.*it is published as/s],
  ['a renamed alarm in the event pattern',
    (template) => { ruleOn(template, 'aws.cloudwatch').EventPattern.resources[0] = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:renamed'; },
    /^alarm → .*: the rule waits for an alarm that does not exist: .*renamed/s],
  ['a wrong detail-type in the rule on jobs',
    (template) => { ruleOn(template, 'aws.sagemaker').EventPattern['detail-type'] = ['SageMaker Training Job State Change']; },
    /^Processing job → publish-monitoring-results: no rule matches/],
  ['a wrong detail-type in the rule on alarms',
    (template) => { ruleOn(template, 'aws.cloudwatch').EventPattern['detail-type'] = ['CloudWatch Alarm Configuration Change']; },
    /^alarm → trigger-retraining/],
  ['the schedule may not send to its queue',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', '', 'sqs:SendMessage'); },
    /sqs:SendMessage/],
  ['the function may not take from the queue',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'StartOfExecutions', 'sqs:ReceiveMessage'); },
    /sqs:ReceiveMessage/],
  ['the handler may not create jobs',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'StartOfExecutions', 'sagemaker:CreateProcessingJob'); },
    /^start-monitoring-execution → .*sagemaker:CreateProcessingJob/],
  ['the handler may not publish metrics',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'Results', 'cloudwatch:PutMetricData'); },
    /^publish-monitoring-results → .*cloudwatch:PutMetricData/],
  ['the handler may not start the pipeline',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'StartOfPipelines', 'sagemaker:StartPipelineExecution'); },
    /^trigger-retraining → .*sagemaker:StartPipelineExecution/],
  ['the job may not read what was captured',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'ScheduleJobRole', 's3:GetObject'); },
    /^Processing job .* → S3: .*s3:GetObject/],
  ['the handler may not pass the job\'s role',
    (template) => { withoutAction(template, 'AWS::IAM::Policy', 'StartOfExecutions', 'iam:PassRole'); },
    /iam:PassRole/],
  ['the key policy without cloudwatch',
    (template) => {
      const { properties } = resource(template, 'AWS::KMS::Key');
      const statements = properties.KeyPolicy.Statement as object[];
      properties.KeyPolicy.Statement = statements.filter(statement => !JSON.stringify(statement).includes('cloudwatch.amazonaws.com'));
    },
    /→ SNS: .*cloudwatch\.amazonaws\.com kms:/s],
  ['the permission of the rule on jobs removed',
    (template) => {
      const { logicalId } = resource(template, 'AWS::Lambda::Permission', 'Results');
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a template is a record
      delete template.Resources[logicalId];
    },
    /→ publish-monitoring-results: .*lambda:InvokeFunction/],
  ['the permission of the rule on alarms removed',
    (template) => {
      const { logicalId } = resource(template, 'AWS::Lambda::Permission', 'Retraining');
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a template is a record
      delete template.Resources[logicalId];
    },
    /→ trigger-retraining: .*lambda:InvokeFunction/],
  ['data capture off',
    (template) => { resource(template, 'AWS::SageMaker::EndpointConfig').properties.DataCaptureConfig.EnableCapture = false; },
    /^endpoint → capture: data capture is off/],
  ['the prefix of the manifest wrong',
    (template) => { rewriteScheduleInput(template, /\/capture/, '/captured'); },
    /^capture → start-monitoring-execution|s3:ListBucket/],
];

describe('the wiring is what is rehearsed', () => {
  const sample = new SampleAssembly();

  afterAll(() => {
    sample.remove();
  });

  test('unchanged, the loop closes', async () => {
    const { broken, pipelineStarts } = await sample.play();

    expect(broken?.message).toBeUndefined();
    expect(pipelineStarts).toHaveLength(1);
  });

  test('a target that cannot be played is named, and the others are played', async () => {
    const arn = 'arn:aws:sqs:us-east-1:123456789012:audit';
    const { broken, notPlayed } = await sample.play({
      assembly: sample.mutated((template) => { (ruleOn(template, 'aws.cloudwatch').Targets as object[]).push({ Arn: arn, Id: 'Audit' }); }),
    });

    expect(broken?.message).toBeUndefined();
    expect(notPlayed.filter(what => what.startsWith(`target ${arn} of a rule: ModelMonitoring.template.json Retraining`))).toHaveLength(1);
  });

  test.each(MUTATIONS)('%s breaks the loop at its arrow', async (_, mutate, arrow) => {
    const { broken } = await sample.play({ assembly: sample.mutated(mutate) });

    expect(`${broken?.arrow ?? 'nothing'}: ${broken?.reason ?? 'the loop closed'}`).toMatch(arrow);
    expect(broken?.message).toMatch(/^loop broken at /);
  });
});
