import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';

export const PROGRAM = path.join(__dirname, '../../assets/cli/model-monitor.js');

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line that ships, in a folder of its own. */
export class CommandLine {
  constructor(
    private readonly program = PROGRAM, readonly folder = mkdtempSync(path.join(tmpdir(), 'command-line-')),
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {}

  /** The same folder, with an environment. */
  with(environment: Readonly<Record<string, string>>): CommandLine {
    return new CommandLine(this.program, this.folder, environment);
  }

  run(...words: readonly string[]): Answer {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.program, ...words], { ...this.options, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  /** The same, while this process goes on: it may serve what the command line asks. */
  async start(...words: readonly string[]): Promise<Answer> {
    const child = spawn(process.execPath, [this.program, ...words], this.options);
    const [stdout, stderr] = [child.stdout, child.stderr].map(text) as [Promise<string>, Promise<string>];
    const status = await new Promise<number | null>((resolve) => { child.on('close', resolve); });
    return { status, stdout: await stdout, stderr: await stderr };
  }

  private get options(): { cwd: string; env: NodeJS.ProcessEnv } {
    return { cwd: this.folder, env: { PATH: process.env.PATH, NO_COLOR: '1', ...this.environment } };
  }

  write(file: string, content: string | Buffer | readonly string[]): this {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, Array.isArray(content) ? content.join('\n') : content as string | Buffer);
    return this;
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  json(file: string): unknown {
    return JSON.parse(this.read(file));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
