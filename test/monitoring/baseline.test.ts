import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Baseline, Monitor, MonitorType } from '../../lib';
import { BIAS, Fixture } from './fixture';

const folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
const write = (name: string, content: object): string => {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const CONSTRAINTS = { version: 0, features: [{ name: 'age', inferred_type: 'Integral', completeness: 1 }] };
const STATISTICS = { version: 0, dataset: { item_count: 3 }, features: [{ name: 'age', inferred_type: 'Unknown' }] };
const ANALYSES = {
  'model-bias': { version: '1.0', pre_training_bias_metrics: { label: 'approved', facets: {}, label_value_or_threshold: '1' } },
  'model-explainability': { version: '1.0', explanations: { kernel_shap: { label0: { global_shap_values: { age: 0.1 }, expected_value: 0.5 } } } },
};
const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';

/** What a role of a schedule may do that compares with a baseline. */
function statements(template: Template, role: RegExp): { Action: unknown; Resource: unknown; Condition?: unknown }[] {
  interface Policy { Properties: { Roles: { Ref: string }[]; PolicyDocument: { Statement: never[] } } }
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as Policy[];
  return policies.map(({ Properties }) => Properties).filter(({ Roles }) => Roles.some(({ Ref }) => role.test(Ref)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe('from files', () => {
  test('they ship as assets, of which the job may read those two', () => {
    const fixture = new Fixture();
    const baseline = Baseline.fromFiles(fixture.stack, 'Trained', { constraints: write('c.json', CONSTRAINTS), statistics: write('s.json', STATISTICS) });
    fixture.schedule({ monitors: [Monitor.dataQuality({ baseline })] });
    expect(baseline.monitorType).toBe('data-quality');
    const read = statements(fixture.template(), /ScheduleJobRole/).filter(({ Action, Resource }) => Action === 's3:GetObject' && JSON.stringify(Resource).includes('cdk-'));
    expect(read.flatMap(({ Resource }) => Resource)).toHaveLength(2);
    expect(readdirSync(fixture.app.synth().directory).filter(file => /^asset\..*\.json$/.test(file))).toHaveLength(2);
  });

  test.each(Object.entries(ANALYSES))('analysis.json of %s is one file', (type, analysis) => {
    const fixture = new Fixture();
    const baseline = Baseline.fromFiles(fixture.stack, 'Trained', { constraints: write(`${type}.json`, analysis) });
    expect([baseline.monitorType, baseline.statisticsUri]).toEqual([type, undefined]);
    expect(JSON.stringify(fixture.stack.resolve(baseline.constraintsUri))).toContain('s3://');
  });

  test.each<[string, () => { constraints: string; statistics?: string }, string]>([
    ['a wrong field',
      () => ({ constraints: write('w.json', { ...CONSTRAINTS, features: [{ ...CONSTRAINTS.features[0], completeness: '90 %' }] }), statistics: write('s.json', STATISTICS) }),
      `Baseline: the baseline constraints in ${folder}/w.json are not as expected at "features.0.completeness": `],
    ['a wrong field of the statistics',
      () => ({ constraints: write('c.json', CONSTRAINTS), statistics: write('t.json', { ...STATISTICS, dataset: {} }) }),
      `the baseline statistics in ${folder}/t.json are not as expected at "dataset.item_count": `],
    ['something else',
      () => ({ constraints: write('o.json', { rules: [] }) }),
      `the baseline constraints in ${folder}/o.json are of no monitor: they have neither features, explanations nor constraints on quality or bias`],
    ['no file', () => ({ constraints: `${folder}/none.json` }), `the baseline constraints were not found at ${folder}/none.json`],
    ['no statistics',
      () => ({ constraints: write('c.json', CONSTRAINTS) }),
      `a data-quality monitor compares with statistics too: give the statistics.json that was made with ${folder}/c.json`],
    ['statistics beside an analysis',
      () => ({ constraints: write('b.json', ANALYSES['model-bias']), statistics: write('s.json', STATISTICS) }),
      'the baseline of a model-bias monitor is analysis.json alone, got statistics too: leave them out'],
  ])('%s is refused', (_, files, message) => {
    expect(() => Baseline.fromFiles(new Fixture().stack, 'Trained', files())).toThrow(message);
  });

  test('a monitor of another kind cannot compare with it', () => {
    const fixture = new Fixture();
    const baseline = Baseline.fromFiles(fixture.stack, 'Trained', { constraints: write('e.json', ANALYSES['model-explainability']) });
    expect(() => fixture.watching(['model-bias'], { monitors: [Monitor.modelBias({ baseline, ...BIAS })] }))
      .toThrow('the model-bias monitor was given a baseline of model-explainability');
  });
});

describe('from a model package', () => {
  test('the deployment reads it, and may describe it alone', () => {
    const fixture = new Fixture();
    const baseline = Baseline.fromModelPackage(fixture.stack, 'Registered', { modelPackageArn: ARN, monitorType: MonitorType.DATA_QUALITY });
    const template = fixture.template();
    template.hasResourceProperties('Custom::ModelPackageBaseline', { modelPackageArn: ARN, monitorType: 'data-quality' });
    expect(fixture.stack.resolve([baseline.constraintsUri, baseline.statisticsUri])).toEqual(
      ['ConstraintsUri', 'StatisticsUri'].map(name => ({ 'Fn::GetAtt': [expect.stringMatching(/^Registered/), name] })),
    );
    expect(statements(template, /^ReaderOfModelPackagesOnEventRole/).filter(({ Action }) => Action === 'sagemaker:DescribeModelPackage'))
      .toMatchObject([{ Resource: ARN }]);
  });

  test('a job may read the files that it names, and decrypt them', () => {
    const fixture = new Fixture();
    const monitorType = MonitorType.MODEL_BIAS;
    const baseline = Baseline.fromModelPackage(fixture.stack, 'Registered', { modelPackageArn: ARN, monitorType, dataKey: fixture.encryption.key });
    expect(baseline.statisticsUri).toBeUndefined();
    fixture.watching(['model-bias'], { monitors: [Monitor.modelBias({ baseline, ...BIAS })] });
    const attribute = (name: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp('^Registered'), name] });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('ScheduleJobRole') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Effect: 'Allow', Action: 's3:ListBucket', Resource: attribute('ConstraintsBucketArn'), Condition: { StringLike: { 's3:prefix': attribute('ConstraintsKey') } } },
        ]),
      },
    });
  });

  test('the ARN may be a parameter, and two monitors share the reader', () => {
    const fixture = new Fixture();
    const modelPackageArn = new CfnParameter(fixture.stack, 'ModelPackageArn').valueAsString;
    for (const monitorType of [MonitorType.DATA_QUALITY, MonitorType.MODEL_QUALITY]) {
      Baseline.fromModelPackage(fixture.stack, `Registered-${monitorType}`, { modelPackageArn, monitorType });
    }
    fixture.template().resourceCountIs('Custom::ModelPackageBaseline', 2);
    fixture.template().resourceCountIs('AWS::Lambda::Function', 2);
  });

  test('another ARN is refused', () => {
    expect(() => Baseline.fromModelPackage(new Fixture().stack, 'Registered', { modelPackageArn: 'churn/3', monitorType: MonitorType.DATA_QUALITY }))
      .toThrow('Baseline: modelPackageArn must be the ARN of a model package, got "churn/3"');
  });
});
