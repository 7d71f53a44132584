import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CaptureIndexName, Monitor, MonitoringEngine, MonitoringSchedule, MonitoringScheduleProps } from '../../lib';
import { MONITOR_TYPES, MonitorType } from '../../lib/contract';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, MODEL, QUALITY } from './fixture';

const HEADERS = ['income', 'sex'];

/** A monitor of each kind, with what AWS' containers want to be told. */
export const MANAGED_MONITORS: Readonly<Record<MonitorType, Monitor>> = {
  'data-quality': Monitor.dataQuality({ baseline: BASELINE, captureIndexNames: [CaptureIndexName.ENDPOINT_INPUT, CaptureIndexName.ENDPOINT_OUTPUT] }),
  'model-quality': Monitor.modelQuality({ baseline: BASELINE, ...QUALITY }),
  'model-bias': Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, headers: HEADERS }),
  'model-explainability': Monitor.modelExplainability({
    baseline: ANALYSIS_BASELINE, endpoint: MODEL, headers: HEADERS, background: [[50_000, 'f']], samples: 100, predictor: { scoreAttribute: '0' },
  }),
};

/** The same schedule with the engine of the managed service, unless the properties say otherwise. */
export class ModelMonitorFixture extends Fixture {
  public managed(types: readonly MonitorType[] = MONITOR_TYPES, props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
    return this.watching(types, { monitors: types.map(type => MANAGED_MONITORS[type]), engine: MonitoringEngine.modelMonitor(), ...props });
  }

  /** How many warnings match. */
  public warnings(pattern: string): number {
    return Annotations.fromStack(this.stack).findWarning('*', Match.stringLikeRegexp(pattern)).length;
  }
}
