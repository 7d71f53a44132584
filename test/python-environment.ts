import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';

const CACHE = path.resolve(__dirname, '../node_modules/.cache');

/** A virtual environment with what the requirements pin; made once for each version of them. */
export class PythonEnvironment {
  /** The environment, or what is missing to make it. */
  public static open(name: string, requirements: string): PythonEnvironment | string {
    if (run('python3', ['--version']).status !== 0) return 'Python 3 was not found: install python3 with its venv module to run these checks';
    const folder = path.join(CACHE, name, createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12));
    const environment = new PythonEnvironment(folder);
    if (!existsSync(path.join(folder, 'complete'))) environment.make(requirements);
    return environment;
  }

  private constructor(private readonly folder: string) {}

  /** Runs a program of the environment; gives what it printed. */
  public run(program: string, args: readonly string[]): string {
    return run(path.join(this.folder, 'bin', program), args).stdout;
  }

  /** Has a Python script answer a question: JSON on its standard input, JSON on its standard output. */
  public ask(script: string, question: unknown): unknown {
    const { status, stdout, stderr } = run(path.join(this.folder, 'bin', 'python'), [script], JSON.stringify(question));
    if (status !== 0) throw new Error(`${path.basename(script)} failed: ${stderr}`);
    return JSON.parse(stdout) as unknown;
  }

  /** The newest service model that botocore has of a service. */
  public serviceModel(service: string): string {
    const [python = ''] = readdirSync(path.join(this.folder, 'lib'));
    const versions = path.join(this.folder, 'lib', python, 'site-packages', 'botocore', 'data', service);
    return path.join(versions, readdirSync(versions).sort().at(-1) ?? '', 'service-2.json.gz');
  }

  private make(requirements: string): void {
    rmSync(this.folder, { recursive: true, force: true });
    succeed('python3', ['-m', 'venv', this.folder]);
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps'];
    succeed(path.join(this.folder, 'bin', 'pip'), ['install', ...options, '--requirement', requirements]);
    succeed(path.join(this.folder, 'bin', 'python'), ['-c', `open(${JSON.stringify(path.join(this.folder, 'complete'))}, 'w').close()`]);
  }
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], input?: string): Ended {
  return spawnSync(program, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, input });
}

function succeed(program: string, args: readonly string[]): void {
  const { status, stderr } = run(program, args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
}
