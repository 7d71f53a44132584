import { Annotations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { labelDelayHours, MONITORING_TYPES, MonitorConfig, ScheduleConfig } from '../../../contract';
import { oncePerStack } from '../../../private/once-per-stack';
import { AnalysisJob } from '../analysis-job';
import { BoundSchedule } from '../bound-schedule';
import { facetText } from '../facet-text';
import { ResultPublisher } from '../result-publisher';
import { WaitingProvider } from '../waiting-provider';
import { AnalysisConfig, analysisConfig } from './analysis-config';
import { GuardedSchedule } from './guarded-schedule';
import { ignoredOptions } from './ignored-options';
import { jobDefinitionName } from './job-definition';
import { grantMerge, grantMetrics, grantShadowEndpoint } from './job-permissions';
import { RequestsOnly } from './requests-only';
import { ServiceImage } from './service-image';

/** What guards the schedules of a stack. */
function guardsOf(user: Construct, encryptionKey: kms.IKey | undefined): WaitingProvider {
  return oncePerStack(user, 'GuardsOfSchedules', encryptionKey, (stack, id) => new WaitingProvider(stack, id, {
    asset: 'guard-monitoring-schedule',
    begins: 'Names the guard of a monitoring schedule',
    asks: 'Asks whether a monitoring schedule can be changed, and stops and starts it',
    encryptionKey,
  }));
}

/** Executions by the managed service: for each monitor a job definition and a schedule, named as the dimension of its metrics. */
export class ModelMonitor extends Construct {
  private readonly config: ScheduleConfig;
  private readonly guards: WaitingProvider;

  constructor(scope: Construct, id: string, private readonly schedule: BoundSchedule) {
    super(scope, id);
    this.config = schedule.config();
    this.guards = guardsOf(this, schedule.encryptionKey);
    for (const monitor of this.config.monitors) this.addMonitor(monitor);
    ResultPublisher.of(this, schedule.encryptionKey).publishManaged(this, schedule);
    this.warn();
  }

  private addMonitor(monitor: MonitorConfig): void {
    const scope = new Construct(this, monitor.type);
    const job = this.jobOf(monitor);
    this.permit(scope, monitor, job);
    const analysis = analysisConfig(monitor);
    const jobDefinition = jobDefinitionName(scope, 'JobDefinition', {
      monitor,
      schedule: this.config,
      job: job.config,
      cadence: this.schedule.cadence,
      imageUri: ServiceImage.ofMonitor(scope, monitor.type).bind(scope, job.role).imageUri,
      configUri: analysis && new AnalysisConfig(scope, 'AnalysisConfig', analysis, job.role).uri,
      preprocessorUri: RequestsOnly.isAskedFor(monitor) ? new RequestsOnly(scope, 'RequestsOnly', job.role).uri : undefined,
    });
    new GuardedSchedule(scope, 'Schedule', {
      provider: this.guards,
      scheduleName: monitor.name,
      monitoringType: MONITORING_TYPES[monitor.type],
      jobDefinition,
      expression: this.schedule.cadence._managedExpression,
    }).node.addDependency(job);
  }

  /** The one that asks the model is the last. */
  private jobOf({ type }: MonitorConfig): AnalysisJob {
    const { jobs } = this.schedule;
    const job = type === 'model-explainability' ? jobs[jobs.length - 1] : jobs[0];
    if (job === undefined) throw new Error('a schedule has at least one job');
    return job;
  }

  /** The job's role has what our own analyzer needs; the service needs more. */
  private permit(scope: Construct, monitor: MonitorConfig, { role }: AnalysisJob): void {
    grantMetrics(role, monitor, this.schedule);
    if (this.config.capture.transform !== undefined) this.schedule.captures.grantRead(role);
    if (monitor.type === 'model-explainability') grantShadowEndpoint(scope, role, this.schedule);
    if (labelDelayHours(monitor) === undefined) return;
    grantMerge(scope, role, this.config, this.schedule);
    ServiceImage.merger(scope).bind(scope, role);
  }

  private warn(): void {
    const annotations = Annotations.of(this);
    annotations.addWarningV2('cdk-model-monitor:modelMonitorClosed',
      'new customers cannot create schedules of SageMaker Model Monitor since 2026-07-30: unless this account has had some, use MonitoringEngine.processingJobs()');
    for (const monitor of this.config.monitors) {
      const ignored = ignoredOptions(monitor);
      if (ignored.length > 0) {
        annotations.addWarningV2(`cdk-model-monitor:modelMonitorIgnores-${monitor.type}`,
          `AWS' container has nothing like ${ignored.join(', ')} of the ${monitor.type} monitor, and does without`);
      }
      this.warnOfValues(monitor);
      this.warnOfThresholds(monitor);
    }
  }

  private warnOfValues({ analysis }: MonitorConfig): void {
    if ('captureIndexNames' in analysis && analysis.sensitiveColumns.length > 0) {
      Annotations.of(this).addWarningV2('cdk-model-monitor:modelMonitorWritesValues',
        `AWS' container hashes no values: those of ${analysis.sensitiveColumns.join(', ')} may stand in its reports as they are`);
    }
  }

  private warnOfThresholds({ analysis }: MonitorConfig): void {
    if (!('facets' in analysis)) return;
    const { facets, label, labelIsThreshold, labelValuesOrThreshold } = analysis;
    const thresholds = [...facets.filter(({ isThreshold }) => isThreshold).map(facetText), ...labelIsThreshold ? [`${label} > ${labelValuesOrThreshold.join(',')}`] : []];
    if (thresholds.length === 0) return;
    Annotations.of(this).addWarningV2('cdk-model-monitor:modelMonitorGuessesThresholds',
      `AWS' container takes the number of ${thresholds.join(' and of ')} for a value in windows where the column holds whole numbers, of which fewer than 1 in 20 differ: `
      + 'its alarms are silent then; send the column with decimals, or use MonitoringEngine.processingJobs()');
  }
}
