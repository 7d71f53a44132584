import { ExecutionResult } from '../../lib/contract';
import { latestKey, reportFolder, result, schedule, summary } from '../lambda/stage';
import { Deployed } from './deployed';

const clean: ExecutionResult = { ...result, status: 'Completed', violations: 0, features: [], explanations: [] };
const file = { violations: summary.violations };

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
});
afterEach(() => deployed.close());

describe('model-monitor violations s3://…', () => {
  test.each([['a folder', ''], ['a folder with its slash', '/'], ['the file itself', '/constraint_violations.json']])('%s shows what was found, with exit code 2', async (_, ending) => {
    deployed.cloud.put(`${reportFolder}/constraint_violations.json`, file);

    const { status, stdout, stderr } = await deployed.run('violations', `s3://data/${reportFolder}${ending}`);

    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).toMatch(/feature_name.*constraint_check_type.*description.*explanation/);
    for (const { description, explanation, constraint_check_type: check } of summary.violations) {
      for (const word of [check, description, explanation]) expect(stdout).toContain(word);
    }
  });

  test('--json prints the file', async () => {
    deployed.cloud.put('clean/constraint_violations.json', { violations: [] });

    expect(await deployed.run('violations', 's3://data/clean', '--json')).toEqual({ status: 0, stdout: '{"violations":[]}\n', stderr: '' });
  });

  test.each([
    ['a folder without a report', 's3://data/none', 'error: s3://data/none/constraint_violations.json does not exist: give the folder of a report, or --schedule NAME for the newest\n'],
    ['a bucket that does not exist', 's3://nowhere/none', 'error: AWS refused: The specified bucket does not exist: nowhere (NoSuchBucket)\n'],
    ['no bucket', 's3://', 'error: not an S3 URI: "s3:/constraint_violations.json"\n'],
    ['a file that is something else', 's3://data/else.json', 'error: the violations in s3://data/else.json are not as expected at "violations": Invalid input: expected array, received undefined\n'],
  ])('%s is refused in one line', async (_, place, message) => {
    deployed.cloud.put('else.json', {});

    expect(await deployed.run('violations', place)).toEqual({ status: 1, stdout: '', stderr: message });
  });

  test('a missing region is told in one line', async () => {
    const answer = await deployed.line.with({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', HOME: deployed.line.folder }).start('violations', 's3://data/x');

    expect(answer).toEqual({ status: 1, stdout: '', stderr: 'error: no AWS region is known: set AWS_REGION, or name a profile that has one with AWS_PROFILE\n' });
  });

  test('missing credentials are told in one line', async () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true', HOME: deployed.line.folder };
    const { status, stderr } = await deployed.line.with(environment).start('violations', 's3://data/x');

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: no AWS credentials were found: sign in, or name a profile with AWS_PROFILE \(.*\)\n$/);
  });

  test('an AWS that cannot be reached is told in one line', async () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_MAX_ATTEMPTS: '1' };

    expect(await deployed.line.with(environment).start('violations', 's3://data/x')).toEqual({
      status: 1, stdout: '', stderr: 'error: AWS cannot be reached (ECONNREFUSED): look at the network, AWS_REGION and AWS_ENDPOINT_URL\n',
    });
  });
});

describe('model-monitor violations --schedule', () => {
  beforeEach(() => {
    deployed.cloud.deploy(schedule);
    deployed.cloud.schedules.set('Other', { Arn: 'arn:aws:sqs:eu-west-1:111122223333:q', Input: '{"anything":"else"}' });
    deployed.cloud.schedules.set('Another', { Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' });
  });

  test('shows the newest result of each monitor, and where its report is', async () => {
    deployed.cloud.put(latestKey, result);
    deployed.cloud.put(`${reportFolder}/constraint_violations.json`, file);

    const { status, stdout, stderr } = await deployed.run('violations', '--schedule', 'churn-hourly');

    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).toContain(`churn-hourly-data-quality: CompletedWithViolations, 2026-03-01 06:00 – 07:00 UTC, s3://data/${reportFolder}/report.html\n`);
    for (const { explanation } of summary.violations) expect(stdout).toContain(explanation);
  });

  test('--json prints results and violations', async () => {
    deployed.cloud.put(latestKey, result);
    deployed.cloud.put(`${reportFolder}/constraint_violations.json`, file);

    const { status, stdout } = await deployed.run('violations', '--schedule', 'churn-hourly', '--json');

    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ schedule: 'churn-hourly', monitors: [{ monitor: 'churn-hourly-data-quality', result, violations: summary.violations }] });
  });

  test.each([
    ['a clean result ends with exit code 0', clean, 0, 'no violation'],
    ['a failed one with 1 and its reason', { ...clean, status: 'Failed' as const, failureReason: 'no memory' }, 1, 'Failed, 2026-03-01 06:00 – 07:00 UTC: no memory'],
    ['one without labels with 1', { ...clean, status: 'NoGroundTruth' as const }, 1, 'NoGroundTruth'],
    ['none yet with 1', undefined, 1, 'churn-hourly-data-quality: no execution has ended yet'],
  ])('%s', async (_, latest, code, words) => {
    if (latest !== undefined) deployed.cloud.put(latestKey, latest);

    const { status, stdout, stderr } = await deployed.run('violations', '--schedule', 'churn-hourly');

    expect({ status, stderr }).toEqual({ status: code, stderr: '' });
    expect(stdout).toContain(words);
  });

  test('a schedule that is not deployed is refused with those that are', async () => {
    expect(await deployed.run('violations', '--schedule', 'churn')).toEqual({
      status: 1, stdout: '', stderr: 'error: no schedule churn is deployed in eu-west-1: there are churn-hourly\n',
    });
    deployed.cloud.schedules.clear();
    expect((await deployed.run('violations', '--schedule', 'churn')).stderr).toBe('error: no schedule churn is deployed in eu-west-1: there is none\n');
  });

  test.each([['both', ['report', '--schedule', 'churn-hourly']], ['neither', []]])('a place and a schedule: %s is refused', async (_, words) => {
    expect(await deployed.run('violations', ...words)).toEqual({
      status: 1, stdout: '', stderr: 'error: give one of them: a FOLDER, s3://bucket/folder, or --schedule NAME\n',
    });
  });
});
