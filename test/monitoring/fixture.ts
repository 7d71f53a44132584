import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BaselineJob, BaselineJobProps, ContainerImage, Dataset, EndpointCapture, Facet, GroundTruth, IBaseline, IInvocableEndpoint, KmsEncryption, Monitor,
  MonitoringSchedule, MonitoringScheduleProps, PositiveLabel, ProblemType,
} from '../../lib';
import { MonitorType, StartRequest } from '../../lib/contract';

export const IMAGE = ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1');

export const BASELINE: IBaseline = { statisticsUri: 's3://b/s.json', constraintsUri: 's3://b/c.json', grantRead: () => undefined };
export const ANALYSIS_BASELINE: IBaseline = { constraintsUri: 's3://b/analysis.json', grantRead: () => undefined };
export const QUALITY = { problemType: ProblemType.BINARY_CLASSIFICATION, probabilityAttribute: '0' };
export const BIAS = { label: 'approved', positiveLabel: PositiveLabel.values('1'), facets: [Facet.values('sex', ['f'])] };
export const MODEL: IInvocableEndpoint = {
  endpointName: 'churn',
  grantInvoke: grantee => iam.Grant.addToPrincipal({
    grantee, actions: ['sagemaker:InvokeEndpoint'], resourceArns: ['arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn'],
  }),
};

/** A monitor of each kind. */
export const MONITORS: Readonly<Record<MonitorType, Monitor>> = {
  'data-quality': Monitor.dataQuality({ baseline: BASELINE }),
  'model-quality': Monitor.modelQuality({ baseline: BASELINE, ...QUALITY }),
  'model-bias': Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS }),
  'model-explainability': Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint: MODEL }),
};

/** A stack with a key, a bucket and an image, and constructs that use them. */
export class Fixture {
  public readonly app = new App();
  public readonly stack = new Stack(this.app, 'Test');
  public readonly encryption = new KmsEncryption(this.stack, 'Encryption');
  public readonly bucket: s3.Bucket = this.encryption.addBucket('Data');

  public baseline(props: Partial<BaselineJobProps> = {}): BaselineJob {
    return new BaselineJob(this.stack, 'Baseline', {
      dataset: Dataset.fromBucket(this.bucket, 'training/churn.csv'),
      bucket: this.bucket,
      image: IMAGE,
      encryptionKey: this.encryption.key,
      ...props,
    });
  }

  public schedule(props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
    return new MonitoringSchedule(this.stack, 'Schedule', {
      endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: this.bucket, prefix: 'capture' }),
      monitors: [MONITORS['data-quality']],
      bucket: this.bucket,
      image: IMAGE,
      encryptionKey: this.encryption.key,
      scheduleName: 'churn',
      ...props,
    });
  }

  /** A schedule with monitors of these kinds, and labels where one needs them. */
  public watching(types: readonly string[], props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
    const groundTruth = types.includes('model-quality') || types.includes('model-bias') ? GroundTruth.fromBucket(this.bucket, 'labels') : undefined;
    return this.schedule({ groundTruth, monitors: types.map(type => MONITORS[type as MonitorType]), ...props });
  }

  /** What the Scheduler sends. */
  public request(): StartRequest {
    const [schedule] = Object.values(this.template().findResources('AWS::Scheduler::Schedule'));
    return JSON.parse(joined(schedule!.Properties.Target.Input)) as StartRequest;
  }

  public template(): Template {
    return Template.fromStack(this.stack);
  }
}

/** Text of a JSON document that a template holds as Fn::Join, references as `<LogicalId>` or `<LogicalId.Attribute>`. */
export function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: ref } = value as Record<string, unknown>;
  if (ref !== undefined) return `<${ref as string}>`;
  if (attribute !== undefined) return `<${(attribute as string[]).join('.')}>`;
  const [delimiter, parts] = join as [string, unknown[]];
  return parts.map(joined).join(delimiter);
}
