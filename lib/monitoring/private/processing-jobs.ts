import { Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { StartRequest } from '../../contract';
import { BoundSchedule } from './bound-schedule';
import { ExecutionStarter } from './execution-starter';
import { ResultPublisher } from './result-publisher';

/** The Scheduler's own placeholder for the time that a call was meant for. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** Executions as Processing jobs: what starts them, and what publishes their results. */
export class ProcessingJobs extends Construct {
  constructor(scope: Construct, id: string, schedule: BoundSchedule) {
    super(scope, id);
    const request = (): StartRequest => ({ scheduledTime: SCHEDULED_TIME, schedule: schedule.config() });
    const input = Lazy.string({ produce: () => Stack.of(this).toJsonString(request()) });
    for (const { role } of schedule.jobs) schedule.inputs.grantRead(role);
    for (const { endpoint, role } of schedule.asked) endpoint.grantInvoke(role);
    ExecutionStarter.of(this, schedule.encryptionKey).startAtCadence(this, schedule, input);
    ResultPublisher.of(this, schedule.encryptionKey).publish(schedule);
  }
}
