import { managedProblem, scheduleProblem } from './schedule-expressions';

describe('a schedule of EventBridge', () => {
  test.each([
    'cron(10 * * * ? *)', 'cron(0 10 * * ? *)', 'cron(15 12 ? * MON-FRI *)', 'cron(0/15 8-17 ? * 2-6 2026-2030)', 'cron(0 8 1,15 JAN-MAR,DEC ? *)',
    'cron(0 18 L * ? *)', 'cron(0 9 3W * ? *)', 'cron(30 7 ? * 6L *)', 'cron(0 9 ? * 2#1 *)', 'rate(1 hour)', 'rate(5 minutes)', 'rate(30 days)',
  ])('may be %s', (expression) => {
    expect(scheduleProblem(expression, false)).toBeUndefined();
  });

  test.each([
    ['* * * * *', /cron\(…\) or rate\(…\)/],
    ['cron(10 * * * ?)', /takes 6 fields .*got 5/],
    ['cron(10 * ? * ? *)', /exactly one of day of month and day of week/],
    ['cron(10 24 * * ? *)', /has hours that are none/],
    ['cron(10 1-2-3 * * ? *)', /has hours that are none/],
    ['cron(10/0 * * * ? *)', /has minutes that are none/],
    ['cron(10 * 32 * ? *)', /has day of month that are none/],
    ['cron(10 * ? MAI * *)', /has month that are none/],
    ['cron(10 * ? * 8 *)', /has day of week that are none/],
    ['cron(10 * ? * 2#6 *)', /has day of week that are none/],
    ['cron(10 * * * ? 1969)', /has year that are none/],
    ['rate(0 minutes)', /positive number/],
    ['rate(1 hours)', /positive number/],
    ['rate(2 weeks)', /positive number/],
    ['at(2026-01-05T08:00:00)', /cron\(…\) or rate\(…\), got at/],
  ])('may not be %s', (expression, problem) => {
    expect(scheduleProblem(expression, false)).toMatch(problem);
  });

  test('fires once only as one of the Scheduler', () => {
    expect(scheduleProblem('at(2026-01-05T08:00:00)', true)).toBeUndefined();
    expect(scheduleProblem('at(2026-01-05 08:00)', true)).toMatch(/yyyy-mm-ddThh:mm:ss/);
  });
});

describe('a schedule of the managed service', () => {
  test.each(['NOW', 'cron(0 * ? * * *)', 'cron(0 17 ? * * *)', 'cron(0 17/6 ? * * *)'])('may be %s', (expression) => {
    expect(managedProblem(expression)).toBeUndefined();
  });

  test.each(['cron(10 * ? * * *)', 'cron(0 * * * ? *)', 'cron(0 0/25 ? * * *)', 'rate(1 hour)'])('may not be %s', (expression) => {
    expect(managedProblem(expression)).toMatch(/hourly, daily/);
  });
});
