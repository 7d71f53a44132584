import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { FIRST_MODEL, unpack } from '../../sample/churn/build-model';
import { TRAINING_DATA } from '../../sample/churn/generate';
import { newRoot, runContainer, startServer } from './container-run';

const LOYAL = '60,120000.00,780,120,card,ada@example.com';
const LEAVING = '20,20000.00,620,2,invoice,ben@example.com';

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer(newRoot({ 'model/model.json': unpack(FIRST_MODEL) }));
});

afterAll(async () => {
  const ended = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

async function invoke(body: string, contentType = 'text/csv'): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${server.url}/invocations`, { method: 'POST', body, headers: { 'Content-Type': contentType, 'Connection': 'close' } });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('GET /ping says that the container is well', async () => {
  expect((await fetch(`${server.url}/ping`, { headers: { Connection: 'close' } })).status).toBe(200);
});

test('CSV of many rows is answered with one probability a row, in their order', async () => {
  const { status, type, text } = await invoke(`${LOYAL}\n${LEAVING}\n`);
  expect({ status, type }).toEqual({ status: 200, type: 'text/csv' });
  const [loyal, leaving, ...rest] = text.trimEnd().split('\n').map(Number);
  expect(rest).toEqual([]);
  expect(loyal).toBeLessThan(0.01);
  expect(leaving).toBeGreaterThan(0.8);
});

test('JSON gets the same probabilities as CSV', async () => {
  const instances = [{ features: [60, 120000, 780, 120, 'card', 'ada@example.com'] }, { features: [20, 20000, 620, 2, 'invoice', 'ben@example.com'] }];
  const { status, type, text } = await invoke(JSON.stringify({ instances }), 'application/json');
  expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
  const { predictions } = JSON.parse(text) as { predictions: { probability: number }[] };
  expect(`${predictions.map(({ probability }) => probability).join('\n')}\n`).toBe((await invoke(`${LOYAL}\n${LEAVING}`)).text);
});

test('all training customers in one request are rated, and those who left higher', async () => {
  const rows = readFileSync(TRAINING_DATA.file, 'utf8').trimEnd().split('\n').slice(1);
  const { text } = await invoke(rows.map(row => row.slice(2)).join('\r\n'), 'text/csv; charset=utf-8');
  const probabilities = text.trimEnd().split('\n').map(Number);
  expect(probabilities).toHaveLength(rows.length);
  const meanOf = (label: string): number => {
    const chosen = probabilities.filter((_, index) => rows[index]!.startsWith(label));
    return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  };
  expect(meanOf('1') - meanOf('0')).toBeGreaterThan(0.2);
});

test.each([
  ['a missing credit score', '20,20000.00,,2,invoice,ben@example.com'],
  ['a missing e-mail address', '20,20000.00,620,2,invoice,'],
  ['a payment type unknown in training', '20,20000.00,620,2,crypto,ben@example.com'],
  ['a quoted field', '20,20000.00,620,2,"invoice","ben, ""the\'one"""'],
])('%s is no error', async (_, row) => {
  const { status, text } = await invoke(row);
  expect(status).toBe(200);
  expect(Number(text)).toBeGreaterThan(0.4);
});

test('a missing JSON value counts as an empty field', async () => {
  const { text } = await invoke('{"instances":[{"features":[20,20000,null,2,"invoice",null]}]}', 'application/json');
  expect(text).toBe(`{"predictions":[{"probability":${(await invoke('20,20000.00,,2,invoice,')).text.trim()}}]}`);
});

test.each([
  ['text/csv', '34,67500.25', 400, 'row 1: a row must have 6 fields (age, income, credit_score, total_purchases, payment_type, email), got 2'],
  ['text/csv', `${LOYAL}\n34,rich,700,3,card,a@example.com`, 400, 'row 2: income must be a number or empty, got "rich"'],
  ['text/csv', '', 400, 'the request holds no row'],
  ['application/json', '{"instances":', 400, 'the body is no JSON: '],
  ['application/json', '{"rows":[]}', 400, 'JSON must look like {"instances": [{"features": [34, 67500.25, …]}]}'],
  ['application/json', 'null', 400, 'JSON must look like '],
  ['application/json', '{"instances":[7]}', 400, 'row 1: features must be a list of 6 values, got undefined'],
  ['application/json', '{"instances":[{"features":[true,1,1,1,"card","a"]}]}', 400, 'row 1: age must be a number or empty, got true'],
  ['text/html', LOYAL, 415, 'content type "text/html" is not read here: send text/csv or application/json'],
])('%s %j is refused in words, and the next request is answered', async (contentType, body, status, message) => {
  expect(await invoke(body, contentType)).toEqual({ status, type: 'text/plain', text: expect.stringContaining(message) });
  expect((await invoke(LOYAL)).status).toBe(200);
});

test('another path is not found', async () => {
  const response = await fetch(`${server.url}/predict`, { headers: { Connection: 'close' } });
  expect([response.status, await response.text()]).toEqual([404, 'no GET /predict here: there are GET /ping and POST /invocations']);
});

test('a caller who hangs up in the middle of a request does not stop the server', async () => {
  const half = request(`${server.url}/invocations`, { method: 'POST', headers: { 'Content-Type': 'text/csv', 'Content-Length': 100 } });
  const failed = once(half, 'error');
  half.write('34,');
  setTimeout(() => half.destroy(new Error('hung up')), 50);
  await failed;
  expect((await invoke(LOYAL)).status).toBe(200);
});

test('without a model the server does not start, and says why', () => {
  expect(runContainer('serve', newRoot())).toEqual({ status: 1, log: expect.stringMatching(/ENOENT.+model\.json/) });
});
