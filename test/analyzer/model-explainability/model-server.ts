import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A request as the model gets it. */
export interface Invocation {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Counted from 0. */
  readonly number: number;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A model's container on the loopback interface. */
export class ModelServer {
  readonly invocations: Invocation[] = [];
  /** Most requests that were under way at once. */
  mostAtOnce = 0;
  private underWay = 0;
  private readonly server: Server;

  private constructor(answer: (invocation: Invocation) => Answer | Promise<Answer>) {
    this.server = createServer((request, response) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const invocation = { url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString(), number: this.invocations.length };
        this.invocations.push(invocation);
        void Promise.resolve(answer(invocation)).then(({ status = 200, headers = {}, body }) => {
          this.underWay--;
          response.writeHead(status, headers).end(body);
        });
      });
    });
  }

  static async start(answer: (invocation: Invocation) => Answer | Promise<Answer>): Promise<ModelServer> {
    const model = new ModelServer(answer);
    await new Promise<void>(resolve => model.server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** A model in CSV: each line's numbers are weighed by position; text counts by its length. */
export function weighing(...weights: readonly number[]): (invocation: Invocation) => Answer {
  return ({ body }) => ({
    body: body.split('\n').map((line) => {
      const cells = line.split(',');
      return weights.reduce((sum, weight, index) => sum + weight * numberOf(cells[index]), 0);
    }).join('\n'),
  });
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell === '' ? 0 : Number.isNaN(Number(cell)) ? cell.length : Number(cell);
}
