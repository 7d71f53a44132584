import { json } from './cloud';
import { Deployed } from './deployed';

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
});
afterEach(() => deployed.close());

const throttled = json({ Message: 'slower, please' }, 400);
const refused = { ...throttled, headers: { ...throttled.headers, 'x-amzn-errortype': 'ModelNotReadyException' } };
const rows = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1},a`);

test('each line of a CSV file is one request with an inference id of its own', async () => {
  deployed.line.write('some.csv', ['age,plan', ...rows(3)].join('\r\n'));

  const { status, stdout, stderr } = await deployed.run('traffic', 'churn', 'some.csv', '--header', '--rate', '200', '--id-prefix', 'monday');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect([...deployed.cloud.invocations].sort((one, other) => one.id < other.id ? -1 : 1)).toEqual(rows(3).map((body, index) => (
    { endpoint: 'churn', id: `monday-${index + 1}`, contentType: 'text/csv', body }
  )));
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^requests {7}3: 3 ok, 0 failed, in [\d.]+ s$/), expect.stringMatching(/^latency {8}p50 [\d.]+ ms, p95 [\d.]+ ms$/),
    'inference ids  monday-1 … monday-3', '',
  ]);
});

test('JSON lines are sent as JSON; ids of another run are others', async () => {
  deployed.line.write('some.jsonl', ['{"age":1}', '{"age":2}']);

  for (let run = 0; run < 2; run++) {
    const { status, stdout } = await deployed.run('traffic', 'churn', 'some.jsonl', '--rate', '2', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ requests: 2, ok: 2, failed: 0, idPrefix: expect.stringMatching(/^some-\d{8}T\d{9}$/) as string });
  }

  expect(deployed.cloud.invocations.map(({ contentType }) => contentType)).toEqual(Array(4).fill('application/json'));
  expect(new Set(deployed.cloud.invocations.map(({ id }) => id)).size).toBe(4);
});

test('the rate is kept', async () => {
  deployed.line.write('some.csv', rows(11));

  const { stdout } = await deployed.run('traffic', 'churn', 'some.csv', '--rate', '10', '--json');

  const { seconds } = JSON.parse(stdout) as { seconds: number };
  expect(seconds).toBeGreaterThanOrEqual(1);
});

test('latency is that of the answers: half and 95 % of them within it', async () => {
  deployed.line.write('some.csv', rows(4));

  const { stdout } = await deployed.run('traffic', 'churn', 'some.csv', '--json');

  const { latency: { p50, p95 }, seconds } = JSON.parse(stdout) as { latency: { p50: number; p95: number }; seconds: number };
  expect(p50).toBeGreaterThan(0);
  expect(p95).toBeGreaterThanOrEqual(p50);
  expect(p95 / 1000).toBeLessThanOrEqual(seconds + 0.1);
});

test('requests that fail are counted, never tried twice, and the first is told of with exit code 1', async () => {
  deployed.line.write('some.csv', rows(4));
  deployed.cloud.respond = ({ body }) => body.startsWith('1,') ? { status: 200, headers: {}, body: '0' } : refused;

  const { status, stdout, stderr } = await deployed.run('traffic', 'churn', 'some.csv', '--rate', '100');

  expect(status).toBe(1);
  expect(stdout).toMatch(/^requests {7}4: 1 ok, 3 failed, in/);
  expect(stderr).toBe('error: 3 of 4 requests failed, the first: AWS refused: slower, please (ModelNotReadyException)\n');
  expect(deployed.cloud.invocations).toHaveLength(4);
});

test('an endpoint that takes none of the first ten is asked no more', async () => {
  deployed.line.write('some.csv', rows(100));
  deployed.cloud.respond = () => refused;

  const { status, stdout } = await deployed.run('traffic', 'churn', 'some.csv', '--rate', '50', '--json');

  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ requests: 100, ok: 0, firstFailure: 'AWS refused: slower, please (ModelNotReadyException)' });
  expect(deployed.cloud.invocations.length).toBeLessThan(100);
});

test.each([
  ['a file that is not there', ['none.csv'], 'none.csv does not exist'],
  ['a file without requests', ['empty.csv'], 'empty.csv holds no request'],
  ['another kind of file', ['some.txt'], 'what some.txt holds cannot be told from its name: it must end in .csv or .jsonl, also with .gz'],
  ['--header with JSON lines', ['some.jsonl', '--header'], '--header goes with a CSV file'],
  ['a rate of 0', ['some.jsonl', '--rate', '0'], 'option \'--rate <n>\' argument \'0\' is invalid. give a number above 0, 1000 at most'],
  ['ids with spaces', ['some.jsonl', '--id-prefix', 'a b'], 'option \'--id-prefix <text>\' argument \'a b\' is invalid. give 1 to 50 characters of ASCII without spaces'],
])('%s is refused', async (_, words, message) => {
  deployed.line.write('empty.csv', '').write('some.txt', 'a').write('some.jsonl', '{}');

  const { status, stdout, stderr } = await deployed.run('traffic', 'churn', ...words);

  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`error: ${message}\n`);
  expect(deployed.cloud.invocations).toEqual([]);
});
