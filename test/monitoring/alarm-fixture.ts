import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Monitor, MonitoringSchedule, MonitoringScheduleProps } from '../../lib';
import { MonitorConfig } from '../../lib/contract';
import { Fixture } from './fixture';

/** A monitor of a kind, of which alarms and dashboards know no more. */
class MonitorOfKind extends Monitor {
  public readonly baseline = { statisticsUri: 's3://b/statistics.json', constraintsUri: 's3://b/constraints.json', grantRead: (): void => undefined };

  constructor(public readonly type: string) {
    super();
  }

  /** @internal */
  public _check(): void { /* Nothing can be wrong with it. */ }

  /** @internal */
  public _render(name: string): MonitorConfig {
    return { type: this.type, name } as MonitorConfig;
  }
}

/** A schedule, and what its alarms need. */
export class AlarmFixture extends Fixture {
  public readonly actions: cloudwatch.IAlarmAction[] = [new SnsAction(this.encryption.addAlarmTopic('Topic'))];

  /** A schedule with monitors of these kinds. */
  public watching(types: readonly string[], props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
    return this.schedule({ ...props, monitors: types.map(type => new MonitorOfKind(type)) });
  }
}
