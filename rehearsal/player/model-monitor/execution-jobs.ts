import { createHash } from 'node:crypto';
import * as path from 'node:path';
import {
  CaptureIndexName, captureFolderUri, CaptureSource, ContainerEnvironment, ContainerPath, groundTruthHourUri, hourPath, reportUri, Window,
} from '../../../lib/contract';
import { Environment } from '../../assembly/stack';
import { ProcessingJobRequest } from '../../aws';
import { mergeImage } from './ground-truth-merge';
import { JobDefinition } from './job-definition';
import { analysedWindow, hoursOf, scheduledWindow } from './offsets';

type Input = ProcessingJobRequest['ProcessingInputs'][number];

const BASELINE = '/opt/ml/processing/baseline';
const SCRIPTS = '/opt/ml/processing/code/preprocessor';

/** A schedule of the managed service, as far as its jobs are made of it. */
export interface ExecutedSchedule {
  readonly name: string;
  readonly cadenceHours: number;
  readonly definition: JobDefinition;
  readonly capture: Required<Pick<CaptureSource, 'uri' | 'endpointName' | 'variantName'>>;
  /** The sides of a captured request that are analysed. */
  readonly sides: readonly CaptureIndexName[];
  readonly environment: Pick<Environment, 'region' | 'urlSuffix'>;
}

/** Whether there is anything below a folder of S3. */
export type HoldsObjects = (folderUri: string) => Promise<boolean>;

/** The jobs of one execution, as the managed service makes them: names, inputs, outputs and environment. */
export class ExecutionJobs {
  /** The window whose requests are analysed. */
  public readonly window: Window;
  private readonly own: Window;
  private readonly id: string;

  constructor(private readonly schedule: ExecutedSchedule, scheduled: Date, private readonly holds: HoldsObjects) {
    this.own = scheduledWindow(scheduled, schedule.cadenceHours);
    this.window = analysedWindow(scheduled, schedule.cadenceHours, schedule.definition.endpointInput);
    const digits = scheduled.toISOString().replace(/\D/g, '').slice(0, 12);
    this.id = `${digits}-${createHash('sha256').update(`${schedule.name} ${digits}`).digest('hex').slice(0, 24)}`;
  }

  /** Whether the endpoint captured anything in the hours of the window. */
  public async hasCaptures(): Promise<boolean> {
    return (await this.captureInputs()).length > 0;
  }

  /** The job that joins captures with labels; `undefined` where the monitor needs no labels. */
  public async merge(): Promise<ProcessingJobRequest | undefined> {
    const { definition: { groundTruthUri, output }, environment } = this.schedule;
    if (groundTruthUri === undefined) return undefined;
    const labels = await this.hours(hour => groundTruthHourUri(groundTruthUri, hour));
    // Without labels in any hour, the job is begun all the same, and finds none.
    const hours = labels.length > 0 ? labels : hoursOf(this.window).slice(0, 1);
    return this.job({
      name: 'groundtruth-merge',
      image: mergeImage(environment),
      inputs: [
        ...await this.captureInputs(),
        ...hours.map((hour, index) => input(`groundtruth_input_${index + 1}`, groundTruthHourUri(groundTruthUri, hour), `${ContainerPath.GROUND_TRUTH}/${hourPath(hour)}`)),
      ],
      output: { uri: `${output.uri}/merge`, uploadMode: 'EndOfJob' },
      environment: { [ContainerEnvironment.GROUND_TRUTH_SOURCE]: ContainerPath.GROUND_TRUTH, [ContainerEnvironment.DATASET_FORMAT]: datasetFormat('sagemakerCaptureJson', null) },
    });
  }

  /** The job that analyses. */
  public async analysis(): Promise<ProcessingJobRequest> {
    const { name, definition, sides } = this.schedule;
    const { configUri, groundTruthUri, imageUri, output, preprocessorUri, type } = definition;
    const { endpointName } = this.schedule.capture;
    const merged = groundTruthUri !== undefined;
    return this.job({
      name: `${type}-monitoring`,
      image: imageUri,
      inputs: [
        ...await (merged ? this.inputs(`${output.uri}/merge`) : this.captureInputs()),
        ...this.baselineInputs(),
        ...configUri === undefined ? [] : [input('analysis_config', configUri, ContainerPath.CONFIG)],
        ...preprocessorUri === undefined ? [] : [input('pre_processor_script', preprocessorUri, SCRIPTS)],
      ],
      output: { uri: reportUri(output.uri, endpointName, name, this.own), uploadMode: output.uploadMode },
      environment: {
        [ContainerEnvironment.DATASET_FORMAT]: datasetFormat(merged ? 'sagemakerMergeJson' : 'sagemakerCaptureJson', sides),
        ...this.analysisEnvironment(),
      },
    });
  }

  private job({ name, image, inputs, output, environment }: {
    readonly name: string;
    readonly image: string;
    readonly inputs: Input[];
    readonly output: { readonly uri: string; readonly uploadMode: 'Continuous' | 'EndOfJob' };
    readonly environment: Readonly<Record<string, string>>;
  }): ProcessingJobRequest {
    const { definition, capture: { endpointName, uri } } = this.schedule;
    return {
      ...definition.job,
      // The service's own names of bias and explainability jobs have never been seen; a name has 63 characters.
      ProcessingJobName: `${name}-${this.id}`.slice(0, 63),
      AppSpecification: { ImageUri: image },
      ProcessingInputs: inputs,
      ProcessingOutputConfig: {
        Outputs: [{ OutputName: 'result', S3Output: { S3Uri: output.uri, LocalPath: definition.output.localPath, S3UploadMode: output.uploadMode } }],
        KmsKeyId: definition.output.kmsKeyId,
      },
      Environment: {
        [ContainerEnvironment.DATASET_SOURCE]: definition.endpointInput.LocalPath,
        [ContainerEnvironment.OUTPUT_PATH]: definition.output.localPath,
        [ContainerEnvironment.START_TIME]: seconds(this.window.start),
        [ContainerEnvironment.END_TIME]: seconds(this.window.end),
        [ContainerEnvironment.METRIC_TIME]: seconds(this.own.start),
        [ContainerEnvironment.ENDPOINT_NAME]: endpointName,
        [ContainerEnvironment.SCHEDULE_NAME]: this.schedule.name,
        sagemaker_endpoint_datacapture_prefix: uri,
        monitoring_input_type: 'ENDPOINT_INPUT',
        ...environment,
        ...definition.environment,
      },
    };
  }

  private analysisEnvironment(): Record<string, string> {
    const { baseline, endpointInput, problemType, preprocessorUri } = this.schedule.definition;
    return Object.fromEntries(Object.entries({
      [ContainerEnvironment.BASELINE_CONSTRAINTS]: placeOf('constraints', baseline.constraintsUri),
      [ContainerEnvironment.BASELINE_STATISTICS]: baseline.statisticsUri && placeOf('stats', baseline.statisticsUri),
      [ContainerEnvironment.ANALYSIS_TYPE]: problemType && 'MODEL_QUALITY',
      [ContainerEnvironment.PROBLEM_TYPE]: problemType,
      [ContainerEnvironment.INFERENCE_ATTRIBUTE]: endpointInput.InferenceAttribute,
      [ContainerEnvironment.PROBABILITY_ATTRIBUTE]: endpointInput.ProbabilityAttribute,
      [ContainerEnvironment.PROBABILITY_THRESHOLD_ATTRIBUTE]: endpointInput.ProbabilityThresholdAttribute?.toFixed(6),
      record_preprocessor_script: preprocessorUri && `${SCRIPTS}/${path.basename(preprocessorUri)}`,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  private baselineInputs(): Input[] {
    const { constraintsUri, statisticsUri } = this.schedule.definition.baseline;
    return [
      input('constraints', constraintsUri, `${BASELINE}/constraints`),
      ...statisticsUri === undefined ? [] : [input('baseline', statisticsUri, `${BASELINE}/stats`)],
    ];
  }

  private captureInputs(): Promise<Input[]> {
    return this.inputs(this.schedule.capture.uri);
  }

  /** One input for each hour of the window below a folder that is laid out as captures are. */
  private async inputs(folder: string): Promise<Input[]> {
    const { capture, definition: { endpointInput: { LocalPath } } } = this.schedule;
    const below = (uri: string, hour: Date): string => `${captureFolderUri({ ...capture, uri })}/${hourPath(hour)}`;
    const hours = await this.hours(hour => below(folder, hour));
    return hours.map((hour, index) => input(`endpoint_input_${index + 1}`, below(folder, hour), below(LocalPath, hour)));
  }

  /** Hours of the window whose folder holds something. */
  private async hours(folderOf: (hour: Date) => string): Promise<readonly Date[]> {
    const all = hoursOf(this.window);
    const held = await Promise.all(all.map(hour => this.holds(folderOf(hour))));
    return all.filter((_, index) => held[index]);
  }
}

function input(name: string, uri: string, localPath: string): Input {
  return {
    InputName: name,
    S3Input: { S3Uri: uri.replace(/\/$/, ''), LocalPath: localPath.replace(/\/$/, ''), S3DataType: 'S3Prefix', S3InputMode: 'File', S3DataDistributionType: 'FullyReplicated' },
  };
}

function datasetFormat(kind: 'sagemakerCaptureJson' | 'sagemakerMergeJson', captureIndexNames: readonly string[] | null): string {
  return JSON.stringify({ [kind]: { captureIndexNames } });
}

function placeOf(kind: 'constraints' | 'stats', uri: string): string {
  return `${BASELINE}/${kind}/${path.basename(uri)}`;
}

function seconds(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}
