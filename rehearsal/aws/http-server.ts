import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { WireRequest, WireResponse } from './exchange';

/** Serves HTTP on the loopback interface. */
export class HttpServer {
  private readonly server: Server;

  constructor(private readonly answer: (request: WireRequest) => Promise<WireResponse>) {
    this.server = createServer((request, response) => void this.serve(request, response));
    // An idle client of a paused test must not find its socket gone.
    this.server.keepAliveTimeout = 60_000;
  }

  /** Starts on a free port. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Stops, and drops the connections that clients keep open. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const { status, headers, body } = await this.answer(await read(incoming));
      outgoing.writeHead(status, headers).end(body);
    } catch (error) {
      // Who hung up in the middle of a request, as a process that is ended does, waits for no answer.
      if (incoming.complete) throw error;
    }
  }
}

async function read(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body,
  };
}
