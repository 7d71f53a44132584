import { createServer } from 'node:http';
import { loadModel } from './model.mjs';
import { answer } from './invocation.mjs';
import { RequestError } from './request-error.mjs';

/** The most that an endpoint lets through. */
const LARGEST_BODY = 25 * 1024 * 1024;

/** Answers `GET /ping` and `POST /invocations` on port 8080, until it is told to stop. */
export async function serve(paths, port = Number(process.env.SAGEMAKER_BIND_TO_PORT ?? 8080)) {
  const model = loadModel(paths.model);
  const server = createServer((request, response) => void respond(model, request, response));
  process.once('SIGTERM', () => server.close());
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, resolve));
  console.log(`listening on port ${server.address().port}`);
}

async function respond(model, request, response) {
  try {
    const { body, contentType } = await route(model, request);
    response.writeHead(200, { 'Content-Type': contentType }).end(body);
  } catch (error) {
    const known = error instanceof RequestError;
    if (!known) console.error(error);
    response.writeHead(known ? error.status : 500, { 'Content-Type': 'text/plain', 'Connection': 'close' })
      .end(known ? error.message : 'the model failed, and its log says why');
  }
}

async function route(model, request) {
  const { method, url } = request;
  if (method === 'GET' && url === '/ping') return { body: '', contentType: 'text/plain' };
  if (method !== 'POST' || url !== '/invocations') throw new RequestError(404, `no ${method} ${url} here: there are GET /ping and POST /invocations`);
  return answer(model, request.headers['content-type'], await readBody(request));
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RequestError(413, `a request may have ${LARGEST_BODY} bytes at most`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
