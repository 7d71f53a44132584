import { CaptureSource, GroundTruthRecord, groundTruthHourUri, parseS3Uri } from '../../lib/contract';
import { writeObject } from '../iam/implied';
import { CaptureSettings } from '../traffic/capture-file';
import { CaptureStream } from '../traffic/capture-stream';
import { ScenarioSource, scenarioTraffic } from '../traffic/scenario-traffic';
import { Traffic } from '../traffic/traffic';
import { TransformStream } from '../traffic/transform-stream';
import { Calendar } from './calendar';
import { Invocations } from './invocations';
import { LoopBroken } from './loop-broken';
import { ModelEndpoint } from './model-endpoint';
import { baselineDataset, monitoredEndpoint, MonitoredEndpoint } from './monitored-endpoint';
import { MonitoringSchedule, SourceSchedules } from './monitoring-schedule';
import { RehearsalOptions } from './rehearsal-options';
import { Stage } from './stage';
import { BaselineFiles, chooseTraffic, readBaseline, requirePlantable, trainingData } from './traffic-choice';

const HOUR = 3_600_000;
/** Capture files arrive within three minutes after the last record they can hold. */
const DELIVERY_DELAY = 3 * 60_000;

/** What a source of captures is made of. */
interface SourceParts {
  readonly endpoint: MonitoredEndpoint | undefined;
  readonly invocations: Invocations | undefined;
  readonly streams: readonly (CaptureStream | TransformStream)[];
  readonly groundTruth: GroundTruth | undefined;
}

/** The traffic of one source of captures, which are delivered in time, as are the labels once they are known. */
export class SourceTraffic {
  /** Chooses the traffic; `schedules` are those of the source, the first knows the columns of its requests. */
  public static async open(
    stage: Stage, schedules: SourceSchedules, { options, calendar, model }: { options: RehearsalOptions; calendar: Calendar; model: ModelEndpoint },
  ): Promise<SourceTraffic> {
    const [lead] = schedules;
    const { endpointName, transform, uri, variantName } = lead.capture;
    const endpoint = endpointName === undefined ? undefined : monitoredEndpoint(stage, endpointName, lead.resource);
    if (endpoint === undefined) createBuckets(stage, lead.capture);
    const baseline = readBaseline(stage, lead);
    if (baseline !== undefined) stage.observe({ type: 'baseline', ...baseline });
    for (const drift of options.scenario?.days.flatMap(({ planted }) => planted) ?? []) requirePlantable(drift, baseline?.constraints);
    const traffic = options.scenario === undefined
      ? [await chooseTraffic(stage, lead, baseline, options)]
      : await scenarioTraffic(options.scenario, { ...source(stage, schedules, baseline), model: model.model }, options.seed);
    const captured = { endpointName, variantName, settings: endpoint?.capture ?? everythingBelow(uri) };
    model.capture(captured);
    const spans = calendar.spans.map((span, index) => ({ ...span, traffic: traffic[index] as Traffic }));
    const streams = spans.map(({ traffic, start, hours }, index) => {
      const played = { traffic, start, hours: Math.min(hours, options.captureStoppedFrom ?? hours) };
      return transform === undefined
        ? new CaptureStream({ ...captured, ...played, seed: options.seed + index })
        : new TransformStream({ ...played, source: { ...lead.capture, transform } });
    });
    const asked = endpointName !== undefined && variantName !== undefined;
    const invocations = asked ? new Invocations(stage, { endpointName, variantName, spans }) : undefined;
    return new SourceTraffic(stage, { endpoint, invocations, streams, groundTruth: groundTruthOf(schedules) });
  }

  private constructor(private readonly stage: Stage, private readonly parts: SourceParts) {}

  /** Counts the requests of an hour; lets what was captured of them arrive, and their labels when they are known. */
  public play(hour: Date): void {
    const { timeline } = this.stage;
    timeline.at(hour, () => {
      this.parts.invocations?.count(hour);
      return Promise.resolve();
    });
    timeline.at(hour.getTime() + HOUR + DELIVERY_DELAY, () => {
      this.deliver(timeline.now());
      return Promise.resolve();
    });
  }

  private deliver(instant: Date): void {
    const { groundTruth, streams } = this.parts;
    const files = streams.flatMap(stream => stream.closedBy(instant));
    for (const { uri, body } of files) {
      const { bucket, key } = parseS3Uri(uri);
      this.requireWritable(bucket, key);
      this.stage.aws.s3.put(bucket, key, body);
    }
    const labels = files.flatMap(file => file.labels);
    if (groundTruth !== undefined && labels.length > 0) this.label(labels, groundTruth, instant);
  }

  /** What captures besides endpoints is outside of the assembly. */
  private requireWritable(bucket: string, key: string): void {
    const { endpoint } = this.parts;
    if (endpoint === undefined) return;
    const { capture, resource, role } = endpoint;
    const access = { role, bucket, key, kmsKeyId: capture.kmsKeyId };
    this.stage.gatekeeper.require(`${resource.logicalId} → capture`, writeObject(access, this.stage.deployment), role);
  }

  /** What was asked up to an instant becomes known a delay later; who tells it is outside of the assembly. */
  private label(labels: readonly GroundTruthRecord[], { uri, delayHours, hoursOf }: GroundTruth, instant: Date): void {
    const { aws, timeline } = this.stage;
    const collected = new Date(instant.getTime() + (delayHours - 1) * HOUR);
    const asked = new Date(instant.getTime() - DELIVERY_DELAY - HOUR);
    const { bucket, key } = parseS3Uri(`${groundTruthHourUri(uri, hoursOf === 'request' ? asked : collected)}labels.jsonl`);
    const body = labels.map(label => `${JSON.stringify(label)}\n`).join('');
    timeline.at(collected, () => {
      aws.s3.put(bucket, key, body);
      return Promise.resolve();
    });
  }
}

/** What is captured elsewhere may lie in a bucket that is not of the assembly. */
function createBuckets({ aws: { s3 } }: Stage, { uri, bucketOwner, transform }: CaptureSource): void {
  s3.createBucket(parseS3Uri(uri).bucket, bucketOwner);
  for (const other of [transform?.inputUri, transform?.outputUri]) if (other !== undefined) s3.createBucket(parseS3Uri(other).bucket);
}

/** Who captures by themselves capture all, both sides, in CSV. */
function everythingBelow(destinationUri: string): CaptureSettings {
  return { destinationUri, samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] };
}

interface GroundTruth extends Pick<MonitoringSchedule, 'hoursOf'> {
  readonly uri: string;
  readonly delayHours: number;
}

function groundTruthOf(schedules: readonly MonitoringSchedule[]): GroundTruth | undefined {
  const labelled = schedules.find(({ groundTruthUri }) => groundTruthUri !== undefined);
  const delays = schedules.flatMap(({ monitors }) => monitors.flatMap(({ labelDelayHours }) => labelDelayHours ?? []));
  if (labelled?.groundTruthUri === undefined || delays.length === 0) return undefined;
  return { uri: labelled.groundTruthUri, delayHours: Math.min(...delays), hoursOf: labelled.hoursOf };
}

/** The rows of the data-quality baseline; what it leaves out and is no label are answers. */
function source(stage: Stage, schedules: SourceSchedules, baseline: BaselineFiles | undefined): ScenarioSource {
  if (baseline === undefined) throw new LoopBroken('baseline → Processing job', 'a scenario needs a finished baseline', schedules[0].resource);
  const { file, format, answers } = trainingData(stage, schedules[0]);
  const label = labelColumn(stage, schedules);
  const input = baseline.constraints.features.map(({ name }) => name);
  return { file, format, label, columns: { input, output: answers.filter(column => column !== label) } };
}

/** As the baselines have it that labels went into. */
function labelColumn(stage: Stage, schedules: readonly MonitoringSchedule[]): string | undefined {
  const configs = schedules.flatMap(({ monitors }) => monitors).map(monitor => baselineDataset(stage, monitor)?.config);
  const [column] = configs.flatMap(config => (config?.type === 'model-quality' || config?.type === 'model-bias' ? config.analysis.groundTruthAttribute ?? [] : []));
  return column;
}
