import { Answer, CommandLine } from './command-line';
import { Cloud } from './cloud';

/** The command line that ships, and the cloud that it asks. */
export class Deployed {
  readonly cloud = new Cloud();
  readonly line = new CommandLine();
  private environment: Readonly<Record<string, string>> = {};

  async open(): Promise<void> {
    this.environment = await this.cloud.open();
  }

  run(...words: readonly string[]): Promise<Answer> {
    return this.line.with(this.environment).start(...words);
  }

  async close(): Promise<void> {
    await this.cloud.close();
    this.line.remove();
  }
}
