import { OptionError } from './planted-drift';

/** What a container answered. */
interface ModelAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A model that serves on this machine, as its container does. */
export class LocalModel {
  /** @param invocations URL that the container answers requests at, such as `http://127.0.0.1:8080/invocations` */
  constructor(private readonly invocations: string) {}

  /** Its answers to rows of CSV, one a row. */
  public async answers(rows: readonly string[]): Promise<readonly string[]> {
    const { status, body } = await this.invoke(rows.join('\n'), { 'content-type': 'text/csv', 'accept': 'text/csv' });
    const lines = body.trimEnd().split('\n');
    if (status !== 200) throw new OptionError(`the model at ${this.invocations} answered ${status}: ${lines[0]}`);
    if (lines.length !== rows.length) throw new OptionError(`the model at ${this.invocations} answered ${lines.length} lines to ${rows.length} rows of CSV`);
    return lines;
  }

  /** Sends one request. */
  public async invoke(body: string, headers: Readonly<Record<string, string>>): Promise<ModelAnswer> {
    try {
      const response = await fetch(this.invocations, { method: 'POST', body, headers });
      return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() };
    } catch (error) {
      throw new OptionError(`no model serves at ${this.invocations}: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}`, { cause: error });
    }
  }
}
