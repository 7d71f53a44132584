import { Schedules } from '../../../rehearsal/player/schedules';
import { Stage } from '../../../rehearsal/player/stage';
import { writeAssembly } from '../assembly/small-assembly';

const FROM = new Date('2026-01-05T00:00:00Z');
const TO = new Date('2026-01-06T00:00:00Z');
const MINUTE = 60_000;

/** Minutes past its time at which an hourly schedule fires. */
async function lateness(flexibleTimeWindow: object): Promise<number[]> {
  const schedule = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      FlexibleTimeWindow: flexibleTimeWindow, ScheduleExpression: 'cron(10 * * * ? *)', Target: { Arn: 'arn:aws:sqs:us-east-1:123456789012:queue', RoleArn: 'role' },
    },
  };
  const stage = await Stage.open(writeAssembly({ Churn: { Resources: { Schedule: schedule } } }), FROM, () => undefined);
  try {
    const firings = new Schedules(stage).between(FROM, TO);
    expect(firings.map(({ time }) => time.getTime())).toEqual(Array.from({ length: 24 }, (_, hour) => FROM.getTime() + (60 * hour + 10) * MINUTE));
    return firings.map(({ time, moment }) => (moment.getTime() - time.getTime()) / MINUTE);
  } finally {
    await stage.close();
  }
}

test('a schedule fires at its time', async () => {
  expect(new Set(await lateness({ Mode: 'OFF' }))).toEqual(new Set([0]));
});

test('with a flexible window it fires at any minute of it, at the same ones in every rehearsal', async () => {
  const late = await lateness({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 });
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThanOrEqual(15);
  expect(new Set(late).size).toBeGreaterThan(8);
  expect(await lateness({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 })).toEqual(late);
});
