import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Fixture } from './fixture';

/** A schedule, and what its alarms need. */
export class AlarmFixture extends Fixture {
  public readonly actions: cloudwatch.IAlarmAction[] = [new SnsAction(this.encryption.addAlarmTopic('Topic'))];
}
