import {
  ContainerEnvironment, ContainerPath, ExecutionConfig, MonitorConfig, ReportFile, baselinePath, executionInputUri, executionJobName, reportUri,
} from '../../lib/contract';
import { ProcessingJobParts, processingInput } from '../shared/processing-job';

/** Files that an execution's job is given, and where they lie. */
export function executionFiles({ schedule, window }: ExecutionConfig): { readonly manifest: string; readonly config: string } {
  const folder = executionInputUri(schedule.output.uri, schedule.capture.endpointName, schedule.name, window);
  return { manifest: `${folder}/manifest.json`, config: `${folder}/config.json` };
}

/** The Processing job that analyses a window for all monitors of a schedule. */
export function executionJob(config: ExecutionConfig): ProcessingJobParts {
  const { schedule, window } = config;
  const files = executionFiles(config);
  return {
    name: executionJobName(schedule.job.namePrefix, window),
    inputs: [
      processingInput('capture', files.manifest, ContainerPath.DATASET, 'ManifestFile'),
      processingInput('config', files.config, ContainerPath.CONFIG),
      ...schedule.monitors.flatMap(({ type, baseline }) => [
        processingInput(`${type}-constraints`, baseline.constraintsUri, baselinePath(type, 'constraints')),
        ...(baseline.statisticsUri === undefined ? [] : [processingInput(`${type}-statistics`, baseline.statisticsUri, baselinePath(type, 'statistics'))]),
      ]),
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
    environment: environment(config, schedule.monitors[0]),
  };
}

/** The service's own contract; it knows one monitor a job, which is the first. */
function environment({ schedule, window }: ExecutionConfig, monitor: MonitorConfig | undefined): Record<string, string> {
  return {
    [ContainerEnvironment.DATASET_SOURCE]: ContainerPath.DATASET,
    [ContainerEnvironment.OUTPUT_PATH]: ContainerPath.OUTPUT,
    [ContainerEnvironment.START_TIME]: window.start,
    [ContainerEnvironment.END_TIME]: window.end,
    [ContainerEnvironment.METRIC_TIME]: window.start,
    [ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS]: 'Enabled',
    [ContainerEnvironment.ENDPOINT_NAME]: schedule.capture.endpointName,
    [ContainerEnvironment.SCHEDULE_NAME]: monitor?.name ?? schedule.name,
    ...(monitor?.type === 'data-quality' && {
      [ContainerEnvironment.DATASET_FORMAT]: JSON.stringify({ sagemakerCaptureJson: { captureIndexNames: monitor.analysis.captureIndexNames } }),
      [ContainerEnvironment.BASELINE_CONSTRAINTS]: `${baselinePath(monitor.type, 'constraints')}/${ReportFile.CONSTRAINTS}`,
      [ContainerEnvironment.BASELINE_STATISTICS]: `${baselinePath(monitor.type, 'statistics')}/${ReportFile.STATISTICS}`,
    }),
  };
}
