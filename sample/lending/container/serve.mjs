import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseCsv } from './csv.mjs';
import { applicantOf } from './schema.mjs';
import { decide } from './scorecard.mjs';

/** Answers `GET /ping` and `POST /invocations` on port 8080, until it is told to stop. */
export async function serve(root, port = Number(process.env.SAGEMAKER_BIND_TO_PORT ?? 8080)) {
  const scorecard = JSON.parse(readFileSync(path.join(root, 'model/model.json'), 'utf8'));
  const server = createServer((request, response) => void respond(scorecard, request, response));
  process.once('SIGTERM', () => server.close());
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, resolve));
  console.log(`listening on port ${server.address().port}`);
}

async function respond(scorecard, request, response) {
  const { body, status } = await answer(scorecard, request);
  response.writeHead(status, { 'Content-Type': status === 200 ? 'text/csv' : 'text/plain' }).end(body);
}

async function answer(scorecard, request) {
  if (request.method === 'GET' && request.url === '/ping') return { status: 200, body: '' };
  if (request.method !== 'POST' || request.url !== '/invocations') {
    return { status: 404, body: `no ${request.method} ${request.url} here: there are GET /ping and POST /invocations` };
  }
  const contentType = String(request.headers['content-type']).split(';', 1)[0];
  if (contentType !== 'text/csv') return { status: 415, body: `content type ${JSON.stringify(contentType)} is not read here: send text/csv` };
  return decisions(scorecard, await text(request));
}

/** A line a row: whether credit is given, and the probability that it is paid back. */
function decisions(scorecard, csv) {
  const rows = parseCsv(csv);
  if (rows.length === 0) return { status: 400, body: 'the request holds no row' };
  try {
    const lines = rows.map(fields => decide(scorecard, applicantOf(fields))).map(({ approved, probability }) => `${approved},${probability}`);
    return { status: 200, body: `${lines.join('\n')}\n` };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { status: 400, body: error.message };
  }
}
