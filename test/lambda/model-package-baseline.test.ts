import { HandlerProcess } from './handler-process';
import { Stage } from './stage';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
const SOURCE = (name: string) => ({ ContentType: 'application/json', S3Uri: `s3://models/churn/3/${name}` });
const BASELINES = {
  ModelDataQuality: { Statistics: SOURCE('data/statistics.json'), Constraints: SOURCE('data/constraints.json') },
  ModelQuality: { Statistics: SOURCE('quality/statistics.json'), Constraints: SOURCE('quality/constraints.json') },
  Bias: { PreTrainingConstraints: SOURCE('bias/before.json'), PostTrainingConstraints: SOURCE('bias/analysis.json') },
  Explainability: { Constraints: SOURCE('shap/analysis.json') },
};

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('model-package-baseline');
});
afterEach(() => stage.close());

const onEvent = (monitorType: string, { type = 'Create', modelPackageArn = ARN } = {}) => handler.invoke({
  RequestType: type, RequestId: 'r', StackId: 's', ResponseURL: 'u', ResourceProperties: { modelPackageArn, monitorType },
  ...(type !== 'Create' && { PhysicalResourceId: 'before' }),
}, { entry: 'onEvent' });

test.each([
  ['data-quality', 'data/constraints.json', 'data/statistics.json'],
  ['model-quality', 'quality/constraints.json', 'quality/statistics.json'],
  ['model-bias', 'bias/analysis.json', undefined],
  ['model-explainability', 'shap/analysis.json', undefined],
])('the baseline of a %s monitor is found', async (type, constraints, statistics) => {
  stage.aws.sageMaker.modelPackages.declare(ARN, { DriftCheckBaselines: BASELINES });
  const place = (prefix: string, name: string) => ({
    [`${prefix}Uri`]: `s3://models/churn/3/${name}`, [`${prefix}Arn`]: `arn:aws:s3:::models/churn/3/${name}`,
    [`${prefix}BucketArn`]: 'arn:aws:s3:::models', [`${prefix}Key`]: `churn/3/${name}`,
  });
  expect(await onEvent(type)).toEqual({
    PhysicalResourceId: `${ARN}/${type}`,
    Data: { ...place('Constraints', constraints), ...statistics !== undefined && place('Statistics', statistics) },
  });
});

test('ARNs are of the partition of the package', async () => {
  const china = ARN.replace('arn:aws:', 'arn:aws-cn:');
  stage.aws.sageMaker.modelPackages.declare(china, { DriftCheckBaselines: BASELINES });
  expect(await onEvent('model-bias', { modelPackageArn: china })).toMatchObject({ Data: { ConstraintsBucketArn: 'arn:aws-cn:s3:::models' } });
});

test.each([
  ['data-quality', { ...BASELINES, ModelDataQuality: { Constraints: SOURCE('c') } }, 'ModelDataQuality.Statistics'],
  ['model-bias', { ...BASELINES, Bias: { PreTrainingConstraints: SOURCE('b') } }, 'Bias.PostTrainingConstraints'],
  ['model-quality', undefined, 'ModelQuality.Constraints'],
])('a %s baseline that is missing is told with the package and the section', async (type, DriftCheckBaselines, section) => {
  stage.aws.sageMaker.modelPackages.declare(ARN, { DriftCheckBaselines });
  await expect(onEvent(type)).rejects.toThrow(`the model package ${ARN} has no DriftCheckBaselines.${section}, which a ${type} monitor compares with`);
});

test('a package that does not exist fails in the service\'s words', async () => {
  await expect(onEvent('data-quality', { type: 'Update' })).rejects.toThrow(`ModelPackage ${ARN} does not exist.`);
});

test('deletion asks nothing', async () => {
  expect(await onEvent('data-quality', { type: 'Delete' })).toEqual({ PhysicalResourceId: 'before' });
  expect(stage.aws.calls).toEqual([]);
});
