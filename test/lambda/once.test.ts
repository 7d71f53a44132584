import { S3Client } from '@aws-sdk/client-s3';
import { Step, once } from '../../lambda/shared/once';
import { S3Files } from '../../lambda/shared/s3-files';
import { Stage } from './stage';

let stage: Stage;
let files: S3Files;
let s3: S3Client;
beforeEach(async () => {
  stage = new Stage();
  const endpoint = await stage.open();
  s3 = new S3Client({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'x' } });
  files = new S3Files(s3);
});
afterEach(async () => {
  s3.destroy();
  await stage.close();
});

const claimUri = 's3://data/claim.json';
const soon = (milliseconds = 60_000) => new Date(Date.now() + milliseconds);
const work = (...steps: Step[]) => ({ claimUri, steps: () => Promise.resolve(steps) });
const step = (name: string, log: string[], failure?: Error): Step => ({
  name,
  run: () => {
    log.push(name);
    return failure ? Promise.reject(failure) : Promise.resolve();
  },
});

test('steps are done in order, and not again', async () => {
  const log: string[] = [];
  const both = work(step('one', log), step('two', log));
  await once(files, both, { deadline: soon(), patience: 0 });
  await once(files, both, { deadline: soon(), patience: 0 });
  expect(log).toEqual(['one', 'two']);
  expect(stage.json('claim.json')).toMatchObject({ done: true, stepsDone: ['one', 'two'] });
});

test('after a failure the steps that are done are passed over', async () => {
  const log: string[] = [];
  await expect(once(files, work(step('one', log), step('two', log, new Error('broken'))), { deadline: soon(), patience: 0 })).rejects.toThrow('broken');
  await once(files, work(step('one', log), step('two', log)), { deadline: soon(), patience: 0 });
  expect(log).toEqual(['one', 'two', 'two']);
});

/** Something to wait for, and what brings it about. */
function signal(): [given: Promise<void>, give: () => void] {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => { give = resolve; });
  return [given, give];
}

/** A step that is under way until it is told to end. */
function lasting(name: string): { step: Step; begun: Promise<void>; end: () => void } {
  const [[begun, begin], [ended, end]] = [signal(), signal()];
  const run = (): Promise<void> => {
    begin();
    return ended;
  };
  return { step: { name, run }, begun, end };
}

test('who waits long enough finds the work done', async () => {
  const log: string[] = [];
  const slow = lasting('slow');
  const first = once(files, work(slow.step), { deadline: soon(), patience: 0 });
  await slow.begun;
  const second = once(files, work(step('slow', log)), { deadline: soon(), patience: 60_000 });
  setTimeout(slow.end, 500);
  await second;
  expect(log).toEqual([]);
  await first;
});

test('whoever outlives the deadline loses the work, and stops when it notices', async () => {
  const log: string[] = [];
  const late = lasting('late');
  const first = once(files, work(late.step, step('after', log)), { deadline: soon(0), patience: 0 });
  await late.begun;
  await once(files, work(step('late', log)), { deadline: soon(), patience: 0 });
  late.end();
  await expect(first).rejects.toThrow('the claim s3://data/claim.json was taken over');
  expect(log).toEqual(['late']);
});

test('a write whose answer was lost is still our claim', async () => {
  const log: string[] = [];
  let lost = false;
  s3.middlewareStack.add((next, { commandName }) => async (request) => {
    const answer = await next(request);
    if (lost || commandName !== 'PutObjectCommand') return answer;
    lost = true;
    return next(request); // as the SDK repeats it: refused, since the object is there already
  }, { step: 'build' });
  await once(files, work(step('one', log)), { deadline: soon(), patience: 1000 });
  expect(log).toEqual(['one']);
});
