import { DetailType, ExecutionResult, parseS3Uri, ReportFile, Violation } from '../../lib/contract';
import { where } from '../assembly/stack';
import { UnplayableError } from '../assembly/unplayable-error';
import { BusEvent, watchedBy } from '../aws';
import { LocalModel } from '../traffic/local-model';
import { AlarmWatch } from './alarm-watch';
import { tellOfObjects } from './bucket-events';
import { Bus } from './bus';
import { Calendar } from './calendar';
import { CustomResources } from './custom-resources';
import { provideDatasets } from './datasets';
import { judge } from './judge';
import { LoopBroken } from './loop-broken';
import { ModelEndpoint } from './model-endpoint';
import { EmptyExecution, ModelMonitor } from './model-monitor/model-monitor';
import { MonitoringSchedule, ownSchedules, schedulesBySource } from './monitoring-schedule';
import { DayOutcome, HourOutcome, RehearsalOutcome } from './outcome';
import { PipelinePlayer } from './pipelines';
import { Processing } from './processing';
import { RehearsalOptions } from './rehearsal-options';
import { saveReports } from './reports';
import { judgeScenario } from './scenario-judge';
import { Schedules } from './schedules';
import { judgeSilence, judgeStoppedCapture } from './silence-judge';
import { silentAlarms } from './silent-alarms';
import { SourceTraffic } from './source-traffic';
import { Stage } from './stage';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When the first hour of traffic begins; every rehearsal lives through the same day. */
const START = new Date('2026-01-05T08:00:00Z');

/** The stack is deployed before the first traffic. */
const DEPLOYMENT = new Date(START.getTime() - 45 * MINUTE);

/** The first day of a scenario begins after the deployment. */
const MIDNIGHT = new Date('2026-01-06T00:00:00Z');

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
    await rehearsal.close();
    await stage.close();
  }
}

class Rehearsal {
  private readonly hours: HourOutcome[] = [];
  private readonly notPlayed: string[] = [];
  private alarms?: AlarmWatch;
  private days?: readonly DayOutcome[];
  private pipelines?: PipelinePlayer;

  private readonly endpoint: ModelEndpoint;

  constructor(private readonly stage: Stage, private readonly options: RehearsalOptions) {
    this.endpoint = new ModelEndpoint(stage, options.invocations === undefined ? undefined : new LocalModel(options.invocations));
  }

  /** Stops what it started. */
  public async close(): Promise<void> {
    await this.endpoint.close();
  }

  public async play(): Promise<void> {
    const { stage, options } = this;
    for (const bucket of stage.deployment.resources('AWS::S3::Bucket')) stage.aws.s3.createBucket(stage.deployment.physical(bucket).name);
    stage.aws.eventBridge.onEvent((event) => { this.noteExecution(event); });
    const bus = new Bus(stage);
    tellOfObjects(stage, bus);
    provideDatasets(stage, options.datasets ?? [], START);
    const jobsOfSchedules: string[] = [];
    const processing = new Processing(stage, bus, this.endpoint, jobsOfSchedules);
    const modelMonitor = new ModelMonitor(stage, processing, this.endpoint, (empty) => { this.noteEmpty(empty); });
    for (const modelPackage of stage.deployment.resources('AWS::SageMaker::ModelPackage')) {
      stage.aws.sageMaker.modelPackages.declare(stage.deployment.physical(modelPackage).arn, stage.deployment.properties(modelPackage));
    }
    const customResources = new CustomResources(stage);
    await customResources.deploy(modelMonitor);

    const schedules = new Schedules(stage);
    const own = ownSchedules(schedules.all);
    const monitoring = [...own, ...modelMonitor.schedules];
    if (monitoring.length === 0) throw new LoopBroken('schedule → start-monitoring-execution', 'no schedule of the assembly starts monitoring executions');
    jobsOfSchedules.push(...own.flatMap(({ jobNamePrefixes }) => jobNamePrefixes));
    const alarms = this.alarms = new AlarmWatch(stage, bus, options.scenario !== undefined);
    alarms.requireKnownAlarms();
    this.pipelines = new PipelinePlayer(stage);
    this.notPlayed.push(...customResources.notPlayed, ...alarms.notPlayed, ...bus.notPlayed);

    const calendar = this.calendar(monitoring);
    const play = { options, calendar, model: this.endpoint };
    const sources = await Promise.all(schedulesBySource(monitoring).map(group => SourceTraffic.open(stage, group, play)));
    const [silentFrom, stopped] = [options.silentFrom, options.captureStoppedFrom]
      .map(hour => hour === undefined ? undefined : new Date(START.getTime() + hour * HOUR));
    const until = silentFrom ?? calendar.end;
    const firings = schedules.between(calendar.begin, until)
      .filter(({ schedule, time }) => calendar.plays(time, own.find(({ resource }) => resource === schedule.resource)));
    const due = modelMonitor.between(calendar.begin, until).filter(({ schedule, time }) => calendar.plays(time, schedule));
    this.countExecutions([...firings.filter(({ schedule }) => own.some(({ resource }) => resource === schedule.resource)), ...due]);
    schedules.wind(firings, () => alarms.evaluate());
    modelMonitor.wind(due);
    for (const hour of calendar.hours) for (const source of sources) source.play(hour);
    const ends = calendar.hours.map(hour => hour.getTime() + HOUR);
    for (const hour of new Set([...ends, ...[...firings, ...due].flatMap(({ time, moment }) => hoursBetween(time, moment))])) {
      for (let minute = 0; minute < 60; minute++) stage.timeline.at(hour + minute * MINUTE, () => alarms.evaluate());
    }
    const latest = Math.max(0, ...firings.map(({ time, moment }) => moment.getTime() - time.getTime()));
    await stage.timeline.runUntil(new Date(calendar.end.getTime() + latest));

    const silent = silentAlarms(alarms.ofMetrics, monitoring, stage.aws.cloudWatch);
    this.notPlayed.push(...silent.map(({ alarm, resource }) => `alarm on ${watchedBy(alarm)}, which Model Monitor does not measure: ${where(resource)}`));
    const played = { alarms, silent, monitoring, hours: this.hours, pipelines: this.pipelines, options, start: START };
    if (silentFrom !== undefined) judgeSilence({ ...played, silentFrom });
    else if (stopped !== undefined) judgeStoppedCapture({ ...played, stopped });
    else if (options.scenario === undefined) judge(stage, played);
    else this.days = judgeScenario(stage, { ...played, scenario: options.scenario, calendar });
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
      days: this.days,
      alarms,
      pipelineStarts: this.pipelines?.starts ?? [],
      calmHours: { played: calm.length, withAlarm: new Set(early.map(({ time }) => time.getUTCHours())).size },
      calls: this.stage.gatekeeper.checks,
      notPlayed: this.notPlayed,
    };
  }

  private calendar(monitoring: readonly MonitoringSchedule[]): Calendar {
    const { hours, scenario } = this.options;
    return scenario === undefined ? Calendar.consecutive(START, hours, monitoring) : Calendar.days(MIDNIGHT, scenario, monitoring);
  }

  /** Tells of each execution before it begins, so that one sees how far the rehearsal is. */
  private countExecutions(executions: readonly { readonly moment: Date }[]): void {
    const { timeline, observe } = this.stage;
    const moments = executions.map(({ moment }) => moment).sort((a, b) => a.getTime() - b.getTime());
    for (const [index, time] of moments.entries()) {
      timeline.at(time, () => {
        observe({ type: 'execution', number: index + 1, of: moments.length, time });
        return Promise.resolve();
      });
    }
  }

  private noteExecution(event: BusEvent): void {
    if (event['detail-type'] !== DetailType.EXECUTION_COMPLETED) return;
    const result = event.detail as unknown as ExecutionResult;
    const ran = result.status.startsWith('Completed');
    const hour: HourOutcome = {
      window: result.window,
      monitor: result.monitor,
      time: this.stage.timeline.now(),
      captured: result.records.captured,
      rejected: result.records.rejected,
      status: result.status,
      failureReason: result.failureReason,
      violations: ran ? this.violations(result.reportUri) : [],
      ...(ran && { reports: saveReports(this.stage.aws.s3, result, this.options.output) }),
    };
    this.note(hour);
  }

  /** The managed service tells nobody of it. */
  private noteEmpty({ schedule: { monitors }, window }: EmptyExecution): void {
    for (const { name } of monitors) this.note({ window, monitor: name, time: this.stage.timeline.now(), captured: 0, rejected: 0, status: 'NoData', violations: [] });
  }

  private note(hour: HourOutcome): void {
    this.hours.push(hour);
    const { calmHours, planted } = this.options.plan;
    this.stage.observe({ type: 'hour', hour, drifted: this.hours.length > calmHours && planted.length > 0 });
  }

  private violations(reportUri: string): readonly Violation[] {
    const { bucket, key } = parseS3Uri(`${reportUri}/${ReportFile.VIOLATIONS}`);
    return (JSON.parse(this.stage.aws.s3.get(bucket, key).body.toString()) as { readonly violations: Violation[] }).violations;
  }
}

/** The full hours from one moment to another. */
function hoursBetween(from: Date, to: Date): number[] {
  const first = Math.floor(from.getTime() / HOUR);
  return Array.from({ length: Math.floor(to.getTime() / HOUR) - first + 1 }, (_, index) => (first + index) * HOUR);
}
