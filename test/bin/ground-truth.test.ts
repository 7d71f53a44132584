import { gzipSync } from 'node:zlib';
import { GroundTruthRecord } from '../../lib/contract';
import { readGroundTruth } from '../../analyzer/observation/ground-truth';
import { fullSchedule, schedule } from '../lambda/stage';
import { Deployed } from './deployed';

const record = (eventId: string, data: string): GroundTruthRecord => ({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId }, eventVersion: '0' });
const at = '2026-03-01T09:59:00Z';
const hour = 'labels/2026/03/01/09/';

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
  deployed.cloud.deploy(fullSchedule);
});
afterEach(() => deployed.close());

const put = (...words: string[]) => deployed.run('ground-truth', 'put', ...words);
const uploaded = (): string[] => deployed.cloud.s3.list('data');
const content = (key = uploaded()[0] ?? ''): string => deployed.cloud.s3.get('data', key).body.toString();

test('lines id,label become lines of ground truth in the folder of their hour, which the analyzer reads', async () => {
  deployed.line.write('late.csv', 'customer,churned\r\na,1\r\n"b,c",0\r\n\r\nd,"yes, ""sure"""\r\n');

  const { status, stdout, stderr } = await put('late.csv', '--header', '--schedule', 'churn-hourly', '--collected-at', at);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(uploaded()).toEqual([expect.stringMatching(new RegExp(`^${hour}late-[0-9a-f]{12}\\.jsonl$`))]);
  expect(stdout).toBe(`labels  3\nfile    s3://data/${uploaded()[0]!}\n`);
  expect(content().trimEnd().split('\n').map(line => JSON.parse(line) as unknown)).toEqual([record('a', '1'), record('b,c', '0'), record('d', '"yes, ""sure"""')]);

  deployed.line.write('back/labels.jsonl', content());
  const labels = await readGroundTruth(`${deployed.line.folder}/back`, (_, reason) => { throw new Error(reason); });
  expect(['a', 'b,c', 'd'].map(id => labels.rowsOf(id)?.[0]?.cells)).toEqual([['1'], ['0'], ['yes, "sure"']]);
});

test('lines of ground truth are uploaded as they are, also packed ones; twice is once', async () => {
  const lines = ['{"groundTruthData":{"data":"1\\n0","encoding":"CSV"},"eventMetadata":{"eventId":"a"}}', JSON.stringify(record('b', '1'))];
  deployed.line.write('labels.jsonl', lines).write('labels.jsonl.gz', gzipSync(lines.join('\n')));

  for (const file of ['labels.jsonl', 'labels.jsonl.gz']) {
    const { status, stdout } = await put(file, '--to', 's3://data/labels/', '--collected-at', at, '--json');
    expect({ status, stdout: JSON.parse(stdout) as unknown }).toEqual({ status: 0, stdout: { labels: 2, uri: `s3://data/${uploaded()[0]!}` } });
  }

  expect(uploaded()).toHaveLength(1);
  expect(content()).toBe(`${lines.join('\n')}\n`);
});

test('labels became known now, unless told otherwise', async () => {
  deployed.line.write('labels.csv', 'a,1');
  const before = new Date().toISOString();

  await put('labels.csv', '--to', 's3://data/labels');

  const hours = [before, new Date().toISOString()].map(time => `labels/${time.slice(0, 13).replace(/[-T]/g, '/')}/labels-`);
  expect(hours).toContain(uploaded()[0]?.slice(0, hours[0]!.length));
});

describe('nothing is uploaded', () => {
  test.each([
    ['CSV of another shape', 'labels.csv', ['a,1', 'b', 'c,1,2', ',1', 'd,', '"e,1'],
      '5 of the lines of labels.csv are no label, nothing was uploaded: line 2: must be id,label: it has 1 field(s); line 3: must be id,label: it has 3 field(s); '
      + 'line 4: the id is empty; line 5: the label is empty; line 6: a quote is not closed'],
    ['a header that nobody told of', 'labels.csv', ['id,label', 'a,1'], '1 of the lines of labels.csv is no label, nothing was uploaded: line 1: names its columns: give --header'],
    ['JSON of another shape', 'labels.jsonl', [JSON.stringify(record('a', '1')), '{"id":"a","label":1}', '{'],
      '2 of the lines of labels.jsonl are no label, nothing was uploaded: line 2: groundTruthData.data is missing or no string; line 3: line is not valid JSON'],
    ['many bad lines: the first five', 'labels.jsonl', ['', ...Array.from({ length: 7 }, () => '1')],
      `7 of the lines of labels.jsonl are no label, nothing was uploaded: ${[2, 3, 4, 5, 6].map(line => `line ${line}: groundTruthData.data is missing or no string`).join('; ')}; …`],
    ['nothing in it', 'labels.csv', [''], 'labels.csv holds no label'],
    ['another name', 'labels.txt', ['a,1'], 'what labels.txt holds cannot be told from its name: it must end in .csv or .jsonl, also with .gz'],
  ])('%s', async (_, file, lines, message) => {
    deployed.line.write(file, lines);

    expect(await put(file, '--to', 's3://data/labels')).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
    expect(uploaded()).toEqual([]);
  });

  test.each([
    ['a file that is not there', ['none.csv', '--to', 's3://data/labels'], 'none.csv does not exist'],
    ['no destination', ['labels.csv'], 'give one of them: --schedule NAME or --to s3://bucket/folder'],
    ['a destination that is no folder of S3', ['labels.csv', '--to', 'labels'], 'not an S3 URI'],
    ['--header with JSON lines', ['labels.jsonl', '--header', '--to', 's3://data/labels'], '--header goes with a CSV file'],
    ['a schedule without ground truth', ['labels.csv', '--schedule', 'unlabelled'], 'the schedule unlabelled has no ground truth, since its monitors need no labels: give --to s3://bucket/folder'],
  ])('%s', async (_, words, message) => {
    deployed.cloud.deploy({ ...schedule, name: 'unlabelled' });
    deployed.line.write('labels.csv', 'a,1').write('labels.jsonl', JSON.stringify(record('a', '1')));

    const { status, stdout, stderr } = await put(...words);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(uploaded()).toEqual([]);
  });
});
