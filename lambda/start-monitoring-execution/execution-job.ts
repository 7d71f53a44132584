import { ProcessingInput } from '@aws-sdk/client-sagemaker';
import {
  ContainerEnvironment, ContainerPath, ExecutionConfig, MonitorConfig, ReportFile, baselinePath, executionJobName, reportUri,
} from '../../lib/contract';
import { ProcessingJobParts, processingInput } from '../shared/processing-job';
import { JobData } from './captured-data';
import { Execution } from './executions';

/** The file that says what an execution has to do. */
export function configUri({ folder }: Execution): string {
  return `${folder}/config.json`;
}

/** The file that names what an execution's job is given. */
export function manifestUri({ folder }: Execution, { name }: JobData): string {
  return `${folder}/${name === 'capture' ? 'manifest' : name}.json`;
}

/** The Processing job that analyses a window; three monitors, with labels, of transform jobs need 9 of the 10 inputs that a job takes. */
export function executionJob(execution: Execution, data: readonly JobData[]): ProcessingJobParts {
  const { schedule, window } = execution.config;
  return {
    name: executionJobName(schedule.job.namePrefix, window),
    inputs: [
      ...data.map(input => processingInput(input.name, manifestUri(execution, input), input.localPath, 'ManifestFile')),
      processingInput('config', configUri(execution), ContainerPath.CONFIG),
      ...schedule.monitors.flatMap(baselineInputs),
    ],
    outputs: schedule.monitors.map(({ type, name }) => ({
      OutputName: type,
      S3Output: {
        S3Uri: reportUri(schedule.output.uri, schedule.capture.endpointName, name, window),
        LocalPath: `${ContainerPath.OUTPUT}/${type}`,
        S3UploadMode: 'Continuous',
      },
    })),
    outputKmsKeyId: schedule.output.kmsKeyId,
    environment: environment(execution.config),
  };
}

function baselineInputs({ type, baseline }: MonitorConfig): ProcessingInput[] {
  if (baseline.constraintsUri === undefined) throw new Error(`the baseline of the ${type} monitor was not looked up in ${baseline.currentUri}`);
  return [
    processingInput(`${type}-constraints`, baseline.constraintsUri, baselinePath(type, 'constraints')),
    ...(baseline.statisticsUri === undefined ? [] : [processingInput(`${type}-statistics`, baseline.statisticsUri, baselinePath(type, 'statistics'))]),
  ];
}

/** The service's own contract; it knows one monitor a job: that of data quality, else the first. */
function environment({ schedule, window }: ExecutionConfig): Record<string, string> {
  const monitor: MonitorConfig | undefined = schedule.monitors.find(({ type }) => type === 'data-quality') ?? schedule.monitors[0];
  return {
    [ContainerEnvironment.DATASET_SOURCE]: ContainerPath.DATASET,
    [ContainerEnvironment.OUTPUT_PATH]: ContainerPath.OUTPUT,
    [ContainerEnvironment.START_TIME]: window.start,
    [ContainerEnvironment.END_TIME]: window.end,
    [ContainerEnvironment.METRIC_TIME]: window.start,
    [ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS]: 'Enabled',
    ...(schedule.capture.endpointName !== undefined && { [ContainerEnvironment.ENDPOINT_NAME]: schedule.capture.endpointName }),
    [ContainerEnvironment.SCHEDULE_NAME]: monitor?.name ?? schedule.name,
    ...(monitor?.type === 'data-quality' && {
      [ContainerEnvironment.DATASET_FORMAT]: JSON.stringify({ sagemakerCaptureJson: { captureIndexNames: monitor.analysis.captureIndexNames } }),
      [ContainerEnvironment.BASELINE_CONSTRAINTS]: `${baselinePath(monitor.type, 'constraints')}/${ReportFile.CONSTRAINTS}`,
      [ContainerEnvironment.BASELINE_STATISTICS]: `${baselinePath(monitor.type, 'statistics')}/${ReportFile.STATISTICS}`,
    }),
  };
}
