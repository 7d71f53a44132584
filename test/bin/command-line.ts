import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

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
    const env = { PATH: process.env.PATH, NO_COLOR: '1', ...this.environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.program, ...words], { cwd: this.folder, encoding: 'utf8', env });
    return { status, stdout, stderr };
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
