import { DetailType, ExecutionResult, parseS3Uri, ReportFile, Violation } from '../../lib/contract';
import { UnplayableError } from '../assembly/unplayable-error';
import { BusEvent } from '../aws';
import { writeObject } from '../iam/implied';
import { CaptureStream } from '../traffic/capture-stream';
import { AlarmWatch } from './alarm-watch';
import { Bus } from './bus';
import { CustomResources } from './custom-resources';
import { judge } from './judge';
import { LoopBroken } from './loop-broken';
import { MonitoringSchedule, monitoredEndpoint, monitoringSchedules } from './monitored-endpoint';
import { HourOutcome, RehearsalEvent, RehearsalOutcome } from './outcome';
import { PipelinePlayer } from './pipelines';
import { Processing } from './processing';
import { saveReports } from './reports';
import { Schedules } from './schedules';
import { Stage } from './stage';
import { chooseTraffic, readBaseline, TrafficOptions } from './traffic-choice';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When the first hour of traffic begins; every rehearsal lives through the same day. */
const START = new Date('2026-01-05T08:00:00Z');

/** The stack is deployed before the first traffic. */
const DEPLOYMENT = new Date(START.getTime() - 45 * MINUTE);

/** Capture files arrive within three minutes after the last record they can hold. */
const DELIVERY_DELAY = 3 * MINUTE;

/** What is rehearsed, and with what traffic. */
export interface RehearsalOptions extends TrafficOptions {
  /** A synthesized cloud assembly. */
  readonly assembly: string;
  /** Folder that reports are written to. */
  readonly output: string;
  readonly observe: (event: RehearsalEvent) => void;
}

/** Plays the loop of an assembly: the same template, the same handler bundles, the same analyzer, on a virtual clock. */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalOutcome> {
  const stage = await Stage.open(options.assembly, DEPLOYMENT, options.observe);
  const rehearsal = new Rehearsal(stage, options);
  try {
    await rehearsal.play();
    return rehearsal.outcome();
  } catch (error) {
    if (error instanceof LoopBroken) return rehearsal.outcome(error);
    if (error instanceof UnplayableError) return rehearsal.outcome(new LoopBroken('assembly → rehearsal', error.message));
    throw error;
  } finally {
    await stage.close();
  }
}

class Rehearsal {
  private readonly hours: HourOutcome[] = [];
  private readonly notPlayed: string[] = [];
  private alarms?: AlarmWatch;
  private pipelines?: PipelinePlayer;

  constructor(private readonly stage: Stage, private readonly options: RehearsalOptions) {}

  public async play(): Promise<void> {
    const { stage, options } = this;
    for (const bucket of stage.deployment.resources('AWS::S3::Bucket')) stage.aws.s3.createBucket(stage.deployment.physical(bucket).name);
    stage.aws.eventBridge.onEvent((event) => { this.noteExecution(event); });
    const bus = new Bus(stage);
    const jobsOfSchedules: string[] = [];
    new Processing(stage, bus, jobsOfSchedules);
    const customResources = new CustomResources(stage);
    await customResources.deploy();

    const schedules = new Schedules(stage);
    const monitoring = monitoringSchedules(schedules.all);
    const [monitored] = monitoring;
    if (monitored === undefined) throw new LoopBroken('schedule → start-monitoring-execution', 'no schedule of the assembly starts monitoring executions');
    jobsOfSchedules.push(...monitoring.map(({ config }) => config.job.namePrefix));
    const alarms = this.alarms = new AlarmWatch(stage, bus);
    alarms.requireKnownAlarms();
    this.pipelines = new PipelinePlayer(stage);
    this.notPlayed.push(...customResources.notPlayed, ...alarms.notPlayed, ...bus.notPlayed);

    const captures = await Promise.all(monitoring.map(schedule => this.capture(schedule)));
    schedules.wind(new Date(START.getTime() + 30 * MINUTE), new Date(START.getTime() + (options.hours + 1) * HOUR), () => alarms.evaluate());
    for (let hour = 0; hour < options.hours; hour++) {
      const end = new Date(START.getTime() + (hour + 1) * HOUR);
      stage.timeline.at(new Date(end.getTime() + DELIVERY_DELAY), () => {
        for (const deliver of captures) deliver(stage.timeline.now());
        return Promise.resolve();
      });
      for (let minute = 0; minute < 60; minute++) stage.timeline.at(new Date(end.getTime() + minute * MINUTE), () => alarms.evaluate());
    }
    await stage.timeline.runUntil(new Date(START.getTime() + (options.hours + 1) * HOUR));
    judge(stage, { alarms, monitoring, hours: this.hours, pipelines: this.pipelines, options, start: START });
  }

  public outcome(broken?: LoopBroken): RehearsalOutcome {
    const { calmHours, planted } = this.options.plan;
    const calm = this.hours.filter((_, index) => planted.length === 0 || index < calmHours);
    const calmUntil = new Date(START.getTime() + (calm.length + 1) * HOUR);
    const alarms = this.alarms?.fired ?? [];
    const early = (this.alarms?.awaited() ?? []).filter(({ time }) => time < calmUntil);
    return {
      deployment: this.stage.deployment,
      broken,
      hours: this.hours,
      alarms,
      pipelineStarts: this.pipelines?.starts ?? [],
      calmHours: { played: calm.length, withAlarm: new Set(early.map(({ time }) => time.getUTCHours())).size },
      calls: this.stage.gatekeeper.checks,
      notPlayed: this.notPlayed,
    };
  }

  /** Sets up the endpoint's capture; the result delivers what is due by an instant. */
  private async capture(schedule: MonitoringSchedule): Promise<(instant: Date) => void> {
    const { stage, options } = this;
    const { capture, role, resource } = monitoredEndpoint(stage, schedule);
    const baseline = readBaseline(stage, schedule);
    stage.observe({ type: 'baseline', ...baseline });
    const traffic = await chooseTraffic(stage, schedule, baseline, options);
    const stream = new CaptureStream({
      traffic, settings: capture, endpointName: schedule.config.capture.endpointName, variantName: schedule.config.capture.variantName,
      start: START, hours: options.hours, seed: options.seed,
    });
    return (instant) => {
      for (const { uri, body } of stream.closedBy(instant)) {
        const { bucket, key } = parseS3Uri(uri);
        const access = { role, bucket, key, kmsKeyId: capture.kmsKeyId };
        stage.gatekeeper.require(`${resource.logicalId} → capture`, writeObject(access, stage.deployment), role);
        stage.aws.s3.put(bucket, key, body);
      }
    };
  }

  private noteExecution(event: BusEvent): void {
    if (event['detail-type'] !== DetailType.EXECUTION_COMPLETED) return;
    const result = event.detail as unknown as ExecutionResult;
    const ran = result.status.startsWith('Completed');
    const hour: HourOutcome = {
      window: result.window,
      monitor: result.monitor,
      captured: result.records.captured,
      rejected: result.records.rejected,
      status: result.status,
      failureReason: result.failureReason,
      violations: ran ? this.violations(result.reportUri) : [],
      ...(ran && { reports: saveReports(this.stage.aws.s3, result, this.options.output) }),
    };
    this.hours.push(hour);
    this.stage.observe({ type: 'hour', hour, drifted: this.hours.length > this.options.plan.calmHours && this.options.plan.planted.length > 0 });
  }

  private violations(reportUri: string): readonly Violation[] {
    const { bucket, key } = parseS3Uri(`${reportUri}/${ReportFile.VIOLATIONS}`);
    return (JSON.parse(this.stage.aws.s3.get(bucket, key).body.toString()) as { readonly violations: Violation[] }).violations;
  }
}
