import { App, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  Analysis, BaselineJob, BiasMetric, CaptureStoppedAlarm, ContainerImage, DataCapture, Dataset, DriftAlarm, DriftMetric, ExecutionFailedAlarm,
  ExecutionOverdueAlarm, Facet, GroundTruthBucket, GroundTruthLateAlarm, KmsEncryption, ModelData, ModelHealthAlarm, Monitor, MonitoredEndpoint,
  MonitoringDashboard, MonitoringSchedule, NoDataAlarm, PositiveLabel, ProblemType, QualityMetric, RetrainTrigger,
  TooFewRowsAlarm,
} from '../../lib';

const IMAGE = ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1');
const QUALITY = { problemType: ProblemType.BINARY_CLASSIFICATION, inferenceAttribute: '0' };
const WOMEN = Facet.values('sex', ['f']);
const BIAS = { label: 'approved', inferenceAttribute: '0', positiveLabel: PositiveLabel.values('1'), facets: [WOMEN] };

/** Many endpoints in one app, each under all four monitors, every alarm and a trigger; some share a stack, its key and its buckets. */
export class Fleet {
  public readonly app: App;
  public readonly stacks: readonly FleetStack[];

  constructor(endpoints: number, endpointsAStack: number, context: Record<string, unknown> = {}) {
    this.app = new App({ context });
    const counts = Array.from({ length: Math.ceil(endpoints / endpointsAStack) },
      (_, index) => Math.min(endpointsAStack, endpoints - index * endpointsAStack));
    this.stacks = counts.map((count, index) => new FleetStack(this.app, `Fleet${index}`, count));
  }
}

export class FleetStack extends Stack {
  private readonly encryption = new KmsEncryption(this, 'Encryption');
  private readonly shared = { bucket: this.encryption.addBucket('Data'), encryptionKey: this.encryption.key, image: IMAGE };
  private readonly actions = [new SnsAction(this.encryption.addAlarmTopic('Alarms'))];
  private readonly groundTruth = new GroundTruthBucket(this, 'GroundTruth', { encryptionKey: this.encryption.key });

  constructor(app: App, id: string, endpoints: number) {
    super(app, id);
    const schedules = Array.from({ length: endpoints }, (_, index) => this.monitored(`Model${index}`));
    new MonitoringDashboard(this, 'Dashboard', { schedules });
  }

  private monitored(name: string): MonitoringSchedule {
    const { bucket } = this.shared;
    const endpoint = new MonitoredEndpoint(this, name, {
      image: IMAGE, modelData: ModelData.fromBucket(bucket, 'model.tar.gz'), dataCapture: DataCapture.toBucket(bucket),
    });
    const dataset = Dataset.fromBucket(bucket, `${name}/training.csv`);
    const baseline = (id: string, analysis: Analysis): BaselineJob =>
      new BaselineJob(this, `${name}${id}Baseline`, { ...this.shared, prefix: `baselines/${name}/${id}`, dataset, analysis });
    const known = { groundTruthAttribute: 'approved' };
    const schedule = new MonitoringSchedule(this, `${name}Schedule`, {
      ...this.shared,
      endpoint,
      groundTruth: this.groundTruth,
      monitors: [
        Monitor.dataQuality({ baseline: baseline('Data', Analysis.dataQuality({})) }),
        Monitor.modelQuality({ ...QUALITY, baseline: baseline('Quality', Analysis.modelQuality({ ...QUALITY, ...known })) }),
        Monitor.modelBias({ ...BIAS, baseline: baseline('Bias', Analysis.modelBias({ ...BIAS, ...known })) }),
        Monitor.modelExplainability({ endpoint, baseline: baseline('Attribution', Analysis.modelExplainability({ endpoint })) }),
      ],
    });
    this.alarms(name, schedule);
    return schedule;
  }

  private alarms(name: string, schedule: MonitoringSchedule): void {
    const { actions } = this;
    const drift = (id: string, metric: DriftMetric, threshold: number): DriftAlarm =>
      new DriftAlarm(this, `${name}${id}`, { schedule, metric, threshold, actions });
    const drifts = [
      drift('Drift', DriftMetric.maximumDrift(), 0.1),
      drift('Accuracy', DriftMetric.modelQuality(QualityMetric.ACCURACY), 0.8),
      drift('DisparateImpact', DriftMetric.bias(BiasMetric.DI, WOMEN), 0.8),
      drift('Attribution', DriftMetric.attributionDrift(), 0.9),
    ];
    const others = [
      new NoDataAlarm(this, `${name}NoData`, { schedule, actions }),
      new TooFewRowsAlarm(this, `${name}TooFewRows`, { schedule, actions }),
      new ExecutionFailedAlarm(this, `${name}Failed`, { schedule, actions }),
      new ExecutionOverdueAlarm(this, `${name}Overdue`, { schedule, actions }),
      new CaptureStoppedAlarm(this, `${name}CaptureStopped`, { schedule, actions }),
      new GroundTruthLateAlarm(this, `${name}Late`, { schedule, actions }),
    ];
    new ModelHealthAlarm(this, `${name}Health`, { actions, alarms: [...drifts, ...others] });
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(this, `${name}Pipeline`, `${name}-training`);
    new RetrainTrigger(this, `${name}Retraining`, { pipeline, schedule, alarms: drifts, encryptionKey: this.encryption.key });
  }
}
