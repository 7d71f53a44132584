import { setTimeout as sleep } from 'node:timers/promises';
import { AnalyzerError } from '../../../analyzer/analyzer-error';
import { LocalPredictor } from '../../../analyzer/model-explainability/local-predictor';
import { PacedCalls } from '../../../analyzer/model-explainability/paced-calls';
import { TransientFailure } from '../../../analyzer/model-explainability/transient-failure';
import { EXPLANATION_INFERENCE_ID_PREFIX } from '../../../lib/contract';
import { record } from '../workspace';
import { AnalysisChange, ExplanationWorkspace } from './explanation-workspace';
import { Answer, Invocation, ModelServer, weighing } from './model-server';

const workspaces: ExplanationWorkspace[] = [];
const models: ModelServer[] = [];
async function serve(answer: (invocation: Invocation) => Answer | Promise<Answer>): Promise<ModelServer> {
  const model = await ModelServer.start(answer);
  models.push(model);
  return model;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
  for (const each of models) each.stop();
});

const DATASET = ['a,b,c', ...Array.from({ length: 20 }, (_, index) => `${index},${index * 7 % 5},${index % 3}`)].join('\n');
const model = weighing(3, 2, 1);
const failingFirst = (times: number, failure: Answer) => (invocation: Invocation): Answer => invocation.number < times ? failure : model(invocation);

/** A baseline of a small dataset, with the model of a test. */
async function baselineWith(answer: (invocation: Invocation) => Answer | Promise<Answer>, change: AnalysisChange = {}) {
  const server = await serve(answer);
  const job = new ExplanationWorkspace().baselineFrom(DATASET, change);
  workspaces.push(job);
  return { server, job, ended: await job.explain(server.url) };
}

describe('a model that fails', () => {
  test.each([
    ['503, then fine', { status: 503, body: 'no worker' }],
    ['500, then fine', { status: 500, body: '' }],
    ['throttling, then fine', { status: 429, body: '{"message":"Rate exceeded"}' }],
  ])('%s: the answers are those of a model that never failed', async (_, failure) => {
    const { server, job, ended } = await baselineWith(failingFirst(2, failure));
    const reference = await baselineWith(model);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(job.baselineAnalysis).toEqual(reference.job.baselineAnalysis);
    expect(server.invocations).toHaveLength(reference.server.invocations.length + 2);
  });

  test.each([
    ['a request refused', () => ({ status: 400, body: '{"error": "expected 4 features,\n got 3"}' }), 'answered 400: {"error": "expected 4 features, got 3"}'],
    ['an endpoint that is not there', () => ({ status: 404, body: '' }), 'answered 404: an empty answer'],
  ])('%s: said at once in the model\'s own words', async (_, answer, message) => {
    const { server, ended } = await baselineWith(answer);
    expect(ended).toEqual({ status: 1, stderr: expect.any(String), message: `Failed: the model at ${server.url}/invocations ${message}` });
    expect(server.invocations).toHaveLength(1);
  });

  test.each([
    ['garbage', () => ({ body: '<html>sorry</html>' }), /^Failed: the model's answer has "<html>sorry<\/html>" where a score is expected; say where the score is/],
    ['nothing', () => ({ body: '' }), /^Failed: the model answered 0 rows where 1 were sent; it must give one a row \(text\/csv\): an empty answer$/],
    ['a row less', (invocation: Invocation) => ({ body: model(invocation).body.replace(/\n[^\n]*$/, '') }), /^Failed: the model answered \d+ rows where \d+ were sent; /],
    ['scores that are no numbers', ({ body }: Invocation) => ({ body: body.replaceAll(/.+/g, 'NaN') }), /^Failed: the model's answer has "NaN" where a score is expected/],
    ['now one score, now two', ({ body, number }: Invocation) => ({ body: body.replaceAll(/.+/g, number === 0 ? '1' : '1,2') }), /^Failed: the model answered 1 score for one row and 2 for another; it must give as many for each$/],
    ['uneven rows', ({ body }: Invocation) => ({ body: body.split('\n').map((_, index) => index === 1 ? '1,2' : '1').join('\n') }), /^Failed: the model answered 1 score for one row and 2 for another; it must give as many for each$/],
  ])('%s for an answer: said', async (_, answer, message) => {
    const { ended } = await baselineWith(answer);
    expect(ended.status).toBe(1);
    expect(ended.message).toMatch(message);
    expect(ended.stderr).not.toContain('    at ');
  });

  test('one that cannot be reached is said, after some attempts', async () => {
    const gone = await serve(model);
    const { url } = gone;
    gone.stop();
    const pauses: number[] = [];
    const calls = new PacedCalls({ concurrency: 1, requestsPerSecond: 1e6 }, (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    });
    const predictor = new LocalPredictor(url);
    await expect(calls.all(['1'], body => predictor.invoke(body, 'text/csv', 'text/csv'))).rejects
      .toThrow(new RegExp(`^the model at ${url}/invocations gave no answer: connect ECONNREFUSED .* \\(8 attempts\\)$`));
    const backOffs = pauses.filter(pause => pause > 50);
    expect(backOffs).toHaveLength(7);
    for (const [index, longest] of [200, 400, 800, 1600, 3200, 5000, 5000].entries()) {
      expect(backOffs[index]).toBeGreaterThanOrEqual(longest / 2);
      expect(backOffs[index]).toBeLessThanOrEqual(longest);
    }
  });

  test('one that is too slow is given up', async () => {
    const slow = await serve(() => sleep(1000).then(() => ({ body: '1' })));
    const call = new LocalPredictor(slow.url, 50).invoke('1', 'text/csv', 'text/csv');
    await expect(call).rejects.toThrow(TransientFailure);
    await expect(call).rejects.toThrow('gave no answer: it took more than 0.05 s');
  });

  test('an address that is none is said', () => {
    expect(() => new LocalPredictor('localhost:8080')).toThrow('the model\'s address is "localhost:8080"; it must be a URL such as http://localhost:8080/invocations');
  });

  test('after a failure for good no further request is sent', async () => {
    const sent: number[] = [];
    const calls = new PacedCalls({ concurrency: 2, requestsPerSecond: 1e6 });
    await expect(calls.all([0, 1, 2, 3, 4, 5], async (input) => {
      sent.push(input);
      await sleep(5);
      if (input === 1) throw new AnalyzerError('refused');
      return input;
    })).rejects.toThrow('refused');
    await sleep(30);
    expect(Math.max(...sent)).toBeLessThan(4);
  });
});

describe('pace', () => {
  test('many rows go into a request, never more than are allowed, and few requests are under way at once', async () => {
    let asked = 0;
    // One alone is first asked of the background; the next three are answered once they have met, and a fourth has had time to come.
    const patient = async (invocation: Invocation): Promise<Answer> => {
      asked++;
      while (invocation.number > 0 && asked < 4) await sleep(5);
      await sleep(20);
      return model(invocation);
    };
    const { server, ended } = await baselineWith(patient, { predictor: { rowsPerRequest: 7, concurrency: 3 } });
    expect(ended.status).toBe(0);
    const sizes = server.invocations.map(({ body }) => body.split('\n').length);
    expect(Math.max(...sizes)).toBe(7);
    expect(sizes.filter(size => size < 7).length).toBeLessThanOrEqual(2);
    expect(server.mostAtOnce).toBe(3);
  });

  test('requests start no faster than allowed', async () => {
    const [began, starts] = [performance.now(), new Array<number>()];
    const calls = new PacedCalls({ concurrency: 10, requestsPerSecond: 100 });
    await calls.all(Array.from({ length: 20 }, (_, index) => index), (index) => {
      starts.push(performance.now());
      return Promise.resolve(index);
    });
    // Timers count whole milliseconds, of a clock that does.
    for (const [index, start] of starts.entries()) expect(start - began).toBeGreaterThanOrEqual(10 * index - 2);
  });

  test('results come in the order of the inputs, however long each takes', async () => {
    const calls = new PacedCalls({ concurrency: 4, requestsPerSecond: 1e6 });
    expect(await calls.all([30, 1, 20, 2, 10], ms => sleep(ms).then(() => ms))).toEqual([30, 1, 20, 2, 10]);
  });

  test('a request stays below what an endpoint takes', async () => {
    const wide = 'x'.repeat(100_000);
    const server = await serve(({ body }) => ({ body: body.split('\n').map(line => line.length).join('\n') }));
    const rows = Array.from({ length: 60 }, (_, index) => wide + String(index));
    const job = new ExplanationWorkspace().baselineFrom(['a', ...rows].join('\n'), { maximumRows: 60 });
    workspaces.push(job);
    expect(await job.explain(server.url)).toMatchObject({ status: 0 });
    expect(Math.max(...server.invocations.map(({ body }) => body.length))).toBeLessThanOrEqual(5_000_000);
    expect(server.invocations.length).toBeLessThan(6);
  });
});

describe('an endpoint of SageMaker', () => {
  const AWS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
  const BASELINE = {
    version: '1.0', explanations: { kernel_shap: { label0: { global_shap_values: { a: 3, b: 2, c: 1 }, expected_value: 0 } } }, background: [[0, 0, 0]],
  };
  const CAPTURED = { 'a.jsonl': DATASET.split('\n').slice(1).map(line => record(line)).join('\n') };

  async function executionWith(answer: (invocation: Invocation) => Answer | Promise<Answer>, change: AnalysisChange = {}) {
    const server = await serve(answer);
    const job = new ExplanationWorkspace().executionFrom(BASELINE, CAPTURED, change);
    workspaces.push(job);
    return { server, ended: await job.explain(undefined, { ...AWS, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: server.url }) };
  }

  test('is asked by signed calls that bear the inferenceId', async () => {
    const { server, ended } = await executionWith(model);
    expect(ended).toMatchObject({ status: 0 });
    const [{ url, headers }] = server.invocations as [Invocation];
    expect(url).toBe('/endpoints/lending/invocations');
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/sagemaker\/aws4_request/);
    expect(headers['x-amzn-sagemaker-inference-id']).toMatch(new RegExp(`^${EXPLANATION_INFERENCE_ID_PREFIX}[0-9a-f-]{36}$`));
    expect([headers['content-type'], headers.accept]).toEqual(['text/csv', 'text/csv']);
  });

  test('may be another than the one that is watched', async () => {
    const { server } = await executionWith(model, { predictor: { endpointName: 'lending-shadow' } });
    expect(server.invocations[0]!.url).toBe('/endpoints/lending-shadow/invocations');
  });

  test('a baseline job asks the endpoint of its environment', async () => {
    const server = await serve(model);
    const job = new ExplanationWorkspace().baselineFrom(DATASET);
    workspaces.push(job);
    const environment = { ...AWS, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: server.url, sagemaker_endpoint_name: 'candidate' };
    expect(await job.explain(undefined, environment)).toMatchObject({ status: 0 });
    expect(server.invocations[0]!.url).toBe('/endpoints/candidate/invocations');
  });

  const refusal = (status: number, type: string, content: unknown): Answer =>
    ({ status, headers: { 'x-amzn-errortype': type, 'content-type': 'application/json' }, body: JSON.stringify(content) });

  test.each([
    ['throttling', refusal(400, 'ThrottlingException', { message: 'Rate exceeded' })],
    ['a model not ready', refusal(429, 'ModelNotReadyException', { Message: 'loading' })],
    ['a model that broke down', refusal(424, 'ModelError', { OriginalStatusCode: 500, OriginalMessage: 'oops' })],
    ['a service not there', refusal(503, 'ServiceUnavailable', { Message: 'later' })],
  ])('%s passes', async (_, failure) => {
    const { server, ended } = await executionWith(invocation => invocation.number < 2 ? failure : model(invocation));
    expect(ended).toMatchObject({ status: 0 });
    expect(server.invocations.length).toBeGreaterThan(2);
  });

  test.each([
    ['what the model refuses is said in its own words', refusal(424, 'ModelError', { OriginalStatusCode: 415, OriginalMessage: 'text/csv is not supported' }), 'the model answered 415: text/csv is not supported'],
    ['an endpoint that does not exist is named', refusal(400, 'ValidationError', { message: 'Endpoint lending of account 111122223333 not found.' }), 'ValidationError: Endpoint lending of account 111122223333 not found.'],
    ['a role that may not ask is told so', refusal(403, 'AccessDeniedException', { Message: 'not authorized to perform: sagemaker:InvokeEndpoint' }), 'AccessDeniedException: not authorized to perform: sagemaker:InvokeEndpoint'],
  ])('%s', async (_, failure, message) => {
    const { server, ended } = await executionWith(() => failure);
    expect(ended).toMatchObject({ status: 1, message: `Failed: endpoint lending: ${message}` });
    expect(server.invocations).toHaveLength(1);
  });
});
