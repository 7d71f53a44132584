import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import * as path from 'node:path';
import {
  Analysis, BaselineJob, BiasMetric, Cadence, ContainerImage, DataCapture, Dataset, DriftAlarm, DriftMetric, ExecutionOverdueAlarm, Facet,
  GroundTruthBucket, Hosting, KmsEncryption, ModelData, ModelHealthAlarm, Monitor, MonitoredEndpoint, MonitoringDashboard, MonitoringEngine,
  MonitoringSchedule, MonitorType, PositiveLabel, ProblemType, QualityMetric, SecureVpc,
} from '../../lib';

const LABEL = 'creditworthy';
/** Whether a loan was worth it is known when its first instalment is due. */
const LABEL_DELAY = Duration.days(30);
const WOMEN = Facet.values('sex', ['female']);
/** The middle of all applicants, by which a feature is told to matter. */
const TYPICAL = [703, 55_390.4, 0.311, 40, '100xx', 'male'];
const FEATURES = ['credit_score', 'income', 'debt_ratio', 'age', 'zip_code', 'sex'];

/** Properties of a LendingStack. */
export interface LendingStackProps extends StackProps {
  /**
   * What analyses the traffic.
   *
   * @default MonitoringEngine.processingJobs()
   */
  readonly engine?: MonitoringEngine;

  /**
   * The model's image, for who has no Docker at deployment.
   *
   * @default - it is built from `container` when the stack is deployed
   */
  readonly image?: ContainerImage;

  /**
   * The analyzer's image, for who has no Docker at deployment.
   *
   * @default - it is built when the stack is deployed
   */
  readonly analyzerImage?: ContainerImage;
}

/**
 * A lending model, watched by all four monitors, put together from the library's parts: hourly its data, daily its quality, its bias and what it
 * goes by.
 */
export class LendingStack extends Stack {
  constructor(scope: Construct, id: string, props: LendingStackProps = {}) {
    super(scope, id, props);
    const encryption = new KmsEncryption(this, 'Encryption');
    const bucket = encryption.addBucket('Data');
    const vpc = new SecureVpc(this, 'Vpc', { encryptionKey: encryption.key });
    const shared = { bucket, encryptionKey: encryption.key, vpc, securityGroups: [vpc.securityGroup] };
    const { engine, analyzerImage: image } = props;

    const endpoint = new MonitoredEndpoint(this, 'Endpoint', {
      ...shared,
      image: props.image ?? ContainerImage.fromAsset(path.join(__dirname, 'container')),
      modelData: ModelData.fromAsset(path.join(__dirname, 'model', 'model.tar.gz')),
      dataCapture: DataCapture.toBucket(bucket),
      hosting: Hosting.instances({ instanceType: 'ml.m5.large' }),
    });
    endpoint.node.addDependency(vpc);

    // Applicants that the model never saw, with its decisions and what became of them. In the file columns have names, in the model's answer places.
    const dataset = Dataset.fromAsset(path.join(__dirname, 'data', 'validation.csv'));
    const known = { inferenceAttribute: 'approved', probabilityAttribute: 'probability', groundTruthAttribute: LABEL };
    const answered = { inferenceAttribute: '0', probabilityAttribute: '1', labelDelay: LABEL_DELAY };
    const noFeatures = { excludedColumns: [LABEL, 'approved', 'probability'] };
    const quality = { problemType: ProblemType.BINARY_CLASSIFICATION, tolerance: 0.05 };
    const bias = { label: LABEL, positiveLabel: PositiveLabel.values('1'), facets: [WOMEN], headers: FEATURES };
    const attribution = { endpoint, predictor: { scoreAttribute: '1', requestsPerSecond: 50 }, maximumRows: 150, background: [TYPICAL] };
    const baseline = (name: string, analysis: Analysis): BaselineJob => new BaselineJob(this, name, { ...shared, image, dataset, analysis });

    const hourly = new MonitoringSchedule(this, 'Hourly', {
      ...shared,
      endpoint,
      engine,
      image,
      monitors: [Monitor.dataQuality({ ...noFeatures, baseline: baseline('DataBaseline', Analysis.dataQuality(noFeatures)) })],
    });
    const groundTruth = new GroundTruthBucket(this, 'GroundTruth', { encryptionKey: encryption.key });
    const daily = new MonitoringSchedule(this, 'Daily', {
      ...shared,
      endpoint,
      engine,
      image,
      groundTruth,
      cadence: Cadence.daily(),
      monitors: [
        Monitor.modelQuality({ ...quality, ...answered, baseline: baseline('QualityBaseline', Analysis.modelQuality({ ...quality, ...known })) }),
        Monitor.modelBias({ ...bias, ...answered, baseline: baseline('BiasBaseline', Analysis.modelBias({ ...bias, ...known })) }),
        Monitor.modelExplainability({
          ...attribution, headers: FEATURES,
          baseline: baseline('AttributionBaseline', Analysis.modelExplainability({ ...attribution, ...noFeatures })),
        }),
      ],
    });

    const actions = [new SnsAction(encryption.addAlarmTopic('Alarms'))];
    const health = new ModelHealthAlarm(this, 'Health', {
      alarms: [
        new DriftAlarm(this, 'IncomeDrift', { schedule: hourly, metric: DriftMetric.featureDrift('income'), threshold: 0.2, actions }),
        new DriftAlarm(this, 'Accuracy', { schedule: daily, metric: DriftMetric.modelQuality(QualityMetric.ACCURACY), threshold: 0.85, actions }),
        new DriftAlarm(this, 'ApprovalOfWomen', { schedule: daily, metric: DriftMetric.bias(BiasMetric.DI, WOMEN), threshold: 0.8, actions }),
        new DriftAlarm(this, 'Attribution', { schedule: daily, metric: DriftMetric.attributionDrift(), threshold: 0.9, actions }),
        // Clarify tells that the ranking has changed, and not how much.
        new DriftAlarm(this, 'AttributionViolations', {
          schedule: daily, metric: DriftMetric.violations(MonitorType.MODEL_EXPLAINABILITY), threshold: 0, actions,
        }),
        new ExecutionOverdueAlarm(this, 'HourlyOverdue', { schedule: hourly, actions }),
        new ExecutionOverdueAlarm(this, 'DailyOverdue', { schedule: daily, actions }),
      ],
    });
    new MonitoringDashboard(this, 'Dashboard', { schedules: [hourly, daily], alarms: [health] });
    // What the command line asks for.
    const outputs = { EndpointName: endpoint.endpointName, HourlyScheduleName: hourly.scheduleName, DailyScheduleName: daily.scheduleName };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
