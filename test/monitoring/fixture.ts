import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BaselineJob, BaselineJobProps, ContainerImage, Dataset, EndpointCapture, KmsEncryption, Monitor, MonitoringSchedule, MonitoringScheduleProps,
} from '../../lib';

export const IMAGE = ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1');

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
      monitors: [Monitor.dataQuality({ baseline: { statisticsUri: 's3://b/s.json', constraintsUri: 's3://b/c.json', grantRead: () => undefined } })],
      bucket: this.bucket,
      image: IMAGE,
      encryptionKey: this.encryption.key,
      scheduleName: 'churn',
      ...props,
    });
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
