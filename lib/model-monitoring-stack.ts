import { CfnOutput, Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ContainerImage, DataCapture, Hosting, ModelData, MonitoredEndpoint } from './endpoint';
import { ModelMonitoringConfig } from './model-monitoring-config';
import {
  BaselineJob, Cadence, Dataset, DriftAlarm, ModelHealthAlarm, Monitor, MonitoringDashboard, MonitoringEngine, MonitoringSchedule,
} from './monitoring';
import { checkConfig } from './private/config-check';
import { ConfiguredAlarms } from './private/configured-alarms';
import { ModelRegistry, RetrainTrigger, TrainingPipeline } from './retraining';
import { DataScientistRole, KmsEncryption, MlOpsEngineerRole, SecureVpc } from './security';

/** Properties of a ModelMonitoringStack. */
export interface ModelMonitoringStackProps extends StackProps {
  /** Everything else, in values that a JSON file can hold. */
  readonly config: ModelMonitoringConfig;
  /**
   * What analyses the traffic.
   *
   * @default MonitoringEngine.processingJobs()
   */
  readonly engine?: MonitoringEngine;
  /**
   * What becomes of the key, the buckets and their data when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The whole loop for one model, from one configuration: an endpoint that captures its traffic, its baseline, its schedule, its alarms,
 * the pipeline that trains the model again, and the roles of the people around it.
 *
 * @throws ValidationError that names everything that is wrong with the configuration.
 */
export class ModelMonitoringStack extends Stack {
  /** Key and buckets. */
  public readonly encryption: KmsEncryption;
  /** Captured traffic, baselines, reports and models. */
  public readonly bucket: s3.Bucket;
  /** Network of the endpoint and of the jobs. */
  public readonly vpc: SecureVpc;
  /** The endpoint. */
  public readonly endpoint: MonitoredEndpoint;
  /** What traffic is compared with. */
  public readonly baseline: BaselineJob;
  /** What compares it. */
  public readonly schedule: MonitoringSchedule;
  /** Who hears of an alarm. */
  public readonly topic: sns.Topic;
  /** Alarms that train the model again. */
  public readonly driftAlarms: DriftAlarm[];
  /** All alarms as one; each tells of itself, this one tells nobody. */
  public readonly health: ModelHealthAlarm;
  /** Alarms, records, executions and drift at a glance. */
  public readonly dashboard: MonitoringDashboard;
  /** The models that were trained, to be approved by a person. */
  public readonly registry: ModelRegistry;
  /** What trains the model again. */
  public readonly pipeline: TrainingPipeline;
  /** What starts it. */
  public readonly retraining: RetrainTrigger;
  /** Trains, never deploys. Whoever the account's administrators permit may assume it. */
  public readonly dataScientistRole: DataScientistRole;
  /** Deploys, never trains. Whoever the account's administrators permit may assume it. */
  public readonly mlOpsEngineerRole: MlOpsEngineerRole;

  constructor(scope: Construct, id: string, props: ModelMonitoringStackProps) {
    super(scope, id, props);
    const { alarms = {}, capture, dataset, model, monitoring = {}, retraining = {} } = props.config;
    checkConfig(this, props.config);

    this.encryption = new KmsEncryption(this, 'Encryption', { removalPolicy: props.removalPolicy });
    const encryptionKey = this.encryption.key;
    this.bucket = this.encryption.addBucket('Data');
    this.vpc = new SecureVpc(this, 'Vpc', { encryptionKey });
    const shared = { bucket: this.bucket, encryptionKey, vpc: this.vpc, securityGroups: [this.vpc.securityGroup] };
    const trained = { image: imageOf(model.imageUri) ?? ContainerImage.fromAsset(model.container), modelData: ModelData.fromAsset(model.modelData) };

    const dataCapture = DataCapture.toBucket(this.bucket, capture);
    this.endpoint = new MonitoredEndpoint(this, 'Endpoint', { ...shared, ...trained, dataCapture, hosting: Hosting.instances(model) });
    this.endpoint.node.addDependency(this.vpc);

    const trainingData = Dataset.fromAsset(dataset.trainingData);
    const analyzer = { ...shared, image: imageOf(monitoring.analyzerImageUri), instanceType: monitoring.instanceType };
    const analysis = { excludedColumns: [dataset.label], sensitiveColumns: dataset.sensitiveFeatures };
    this.baseline = new BaselineJob(this, 'Baseline', { ...analyzer, ...analysis, dataset: trainingData });
    this.schedule = new MonitoringSchedule(this, 'Schedule', {
      ...analyzer,
      endpoint: this.endpoint,
      monitors: [Monitor.dataQuality({ ...analysis, baseline: this.baseline })],
      cadence: Cadence.everyHours(monitoring.cadenceHours ?? 1),
      engine: props.engine,
    });

    this.topic = this.alarmTopic(alarms.email);
    const configured = new ConfiguredAlarms(this, 'Alarms', alarms, this.schedule, new SnsAction(this.topic));
    this.driftAlarms = configured.drift;
    this.health = configured.health;
    this.dashboard = new MonitoringDashboard(this, 'Dashboard', { schedules: [this.schedule], alarms: [this.health] });

    this.registry = new ModelRegistry(this, 'Registry');
    this.pipeline = new TrainingPipeline(this, 'Pipeline', {
      ...shared,
      image: trained.image,
      currentModelData: trained.modelData,
      trainingData,
      registry: this.registry,
      instanceType: retraining.instanceType,
      inferenceInstanceTypes: model.instanceType === undefined ? undefined : [model.instanceType],
    });
    this.retraining = new RetrainTrigger(this, 'Retraining', {
      pipeline: this.pipeline,
      schedule: this.schedule,
      alarms: this.driftAlarms,
      cooldown: Duration.hours(retraining.cooldownHours ?? 24),
      maximumPer30Days: retraining.maximumPer30Days,
      evidenceParameters: this.pipeline.evidenceParameters,
      encryptionKey,
    });

    const assumedBy = new iam.AccountRootPrincipal();
    this.dataScientistRole = new DataScientistRole(this, 'DataScientist', { assumedBy, executionRoles: [this.pipeline.role] });
    this.mlOpsEngineerRole = new MlOpsEngineerRole(this, 'MlOpsEngineer', { assumedBy, executionRoles: [this.endpoint.role] });
    this.addOutputs();
  }

  private alarmTopic(email: string | undefined): sns.Topic {
    const topic = this.encryption.addAlarmTopic('Alarms');
    if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  private addOutputs(): void {
    const outputs = {
      EndpointName: this.endpoint.endpointName,
      BucketName: this.bucket.bucketName,
      ScheduleName: this.schedule.scheduleName,
      ...this.baseline.constraintsUri !== undefined && { BaselineConstraints: this.baseline.constraintsUri },
      LatestResult: this.schedule.latestUri,
      AlarmTopic: this.topic.topicArn,
      DashboardName: this.dashboard.dashboardName,
      PipelineName: this.pipeline.pipelineName,
      ModelPackageGroup: this.registry.modelPackageGroupName,
      DataScientistRoleArn: this.dataScientistRole.roleArn,
      MlOpsEngineerRoleArn: this.mlOpsEngineerRole.roleArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

function imageOf(uri: string | undefined): ContainerImage | undefined {
  return uri === undefined ? undefined : ContainerImage.fromUri(uri);
}
