import { readFileSync } from 'node:fs';
import { MetricRecord } from '../../lib/contract';
import { TemplateResource } from '../assembly/stack';
import { ProcessingJob, processingJobStateChange } from '../aws';
import { listObjects, readObject, runJob as requirements, writeObject } from '../iam/implied';
import { Bus, sendTwice } from './bus';
import { JobStorage, runJob } from './job-runner';
import { LoopBroken } from './loop-broken';
import { ModelEndpoint } from './model-endpoint';
import { Stage } from './stage';

/** Instances take their time to come, and the container to work. */
const START_DELAY = 2 * 60_000;
const DURATION = 4 * 60_000;

/** A job of the managed service that has ended, and the metrics that its container left. */
export interface EndedJob {
  readonly job: ProcessingJob;
  readonly role: TemplateResource;
  readonly metrics: readonly MetricRecord[];
}

/** Plays every Processing job that is created: the container's program, on the job's own inputs, with the job's own permissions. */
export class Processing {
  private readonly listeners: ((ended: EndedJob) => Promise<void>)[] = [];

  /** @param executionPrefixes how the names of jobs begin that schedules start; somebody has to wait for their end */
  constructor(
    private readonly stage: Stage, private readonly bus: Bus, private readonly endpoint: ModelEndpoint,
    private readonly executionPrefixes: readonly string[],
  ) {
    stage.aws.sageMaker.jobs.onCreated((job) => {
      stage.timeline.after(DURATION, () => this.play(job));
    });
  }

  /** Calls back with each job of the managed service when it has ended, before anybody else is told. */
  public onManagedEnd(listener: (ended: EndedJob) => Promise<void>): void {
    this.listeners.push(listener);
  }

  private async play(job: ProcessingJob): Promise<void> {
    const { timeline, aws, deployment, gatekeeper, observe } = this.stage;
    const name = job.request.ProcessingJobName;
    const role = deployment.byArn(job.request.RoleArn);
    if (role === undefined) throw new LoopBroken(`${name} → role`, `the assembly has no role ${job.request.RoleArn}`);
    const stopped = aws.sageMaker.jobs.byName.get(name);
    if (stopped?.end !== undefined) {
      await this.end({ job: stopped, role, metrics: [] });
      return;
    }
    observe({ type: 'progress', doing: `Processing job ${name}` });
    observe({ type: 'job', job });
    gatekeeper.require(`Processing job ${name}`, requirements(job.request, role, deployment), role);
    const { end, metrics } = await runJob(job, this.storage(job, role), await this.endpoint.environmentFor(name, role));
    this.endpoint.end(name);
    const startTime = new Date(job.creationTime.getTime() + START_DELAY);
    await this.end({ job: aws.sageMaker.jobs.complete(name, { ...end, startTime, endTime: timeline.now() }), role, metrics });
  }

  private async end(ended: EndedJob): Promise<void> {
    if (ended.job.monitoringScheduleArn !== undefined) for (const listener of this.listeners) await listener(ended);
    await this.announce(ended.job, ended.role);
  }

  /** SageMaker may send a state change more than once: here it always does, at once. */
  private async announce(job: ProcessingJob, role: TemplateResource): Promise<void> {
    const event = processingJobStateChange(role.stack.environment, job, this.stage.timeline.now());
    const expected = job.monitoringScheduleArn !== undefined || this.executionPrefixes.some(prefix => job.request.ProcessingJobName.startsWith(`${prefix}-`));
    await sendTwice(() => expected ? this.bus.sendExpected(event, 'Processing job → publish-monitoring-results') : this.bus.send(event));
  }

  private storage(job: ProcessingJob, role: TemplateResource): JobStorage {
    const { aws: { s3 }, gatekeeper, deployment } = this.stage;
    const { assets } = deployment.assembly;
    const arrow = `Processing job ${job.request.ProcessingJobName} → S3`;
    const outside = (bucket: string): boolean => !s3.has(bucket);
    return {
      list: (bucket, prefix) => {
        gatekeeper.require(arrow, listObjects({ role, bucket, prefix }), role);
        return outside(bucket) ? [prefix] : s3.list(bucket, prefix);
      },
      read: (bucket, key) => {
        gatekeeper.require(arrow, readObject({ role, bucket, key }, deployment), role);
        if (!outside(bucket)) return s3.get(bucket, key).body;
        const file = assets.file(key);
        return file === undefined ? missing(arrow, bucket, key) : readFileSync(file);
      },
      write: (bucket, key, body) => {
        gatekeeper.require(arrow, writeObject({ role, bucket, key, kmsKeyId: job.request.ProcessingOutputConfig?.KmsKeyId }, deployment), role);
        s3.put(bucket, key, body);
      },
    };
  }
}

function missing(arrow: string, bucket: string, key: string): never {
  throw new LoopBroken(arrow, `s3://${bucket}/${key} is neither in a bucket of the template nor an asset of the assembly`);
}
