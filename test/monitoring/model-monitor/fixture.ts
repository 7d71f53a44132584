import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CaptureIndexName, Monitor, MonitoringEngine, MonitoringSchedule, MonitoringScheduleProps } from '../../../lib';
import { MONITOR_TYPES, MonitorType } from '../../../lib/contract';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, MODEL, QUALITY } from '../fixture';

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

/** Where the service is told what the jobs of a monitor are. */
export const DEFINITIONS: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'AWS::SageMaker::DataQualityJobDefinition',
  'model-quality': 'AWS::SageMaker::ModelQualityJobDefinition',
  'model-bias': 'AWS::SageMaker::ModelBiasJobDefinition',
  'model-explainability': 'AWS::SageMaker::ModelExplainabilityJobDefinition',
};

type Properties = Record<string, unknown>;

/** The one job definition of a monitor. */
export function definitionOf(template: Template, type: MonitorType): { readonly id: string; readonly properties: Properties } {
  const found = Object.entries(template.findResources(DEFINITIONS[type]));
  expect(found).toHaveLength(1);
  return { id: found[0]![0], properties: found[0]![1].Properties as Properties };
}

/** Value of the property whose name begins with the monitor's, such as ModelBiasJobInput. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const property = (properties: Properties, ending: string): any => Object.entries(properties).find(([name]) => name.endsWith(ending))![1];
