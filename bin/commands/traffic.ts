import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { readLines } from '../../analyzer/input/lines';
import { inWords } from '../analysis/failure';
import { withProgress } from '../analysis/progress';
import type { Traffic } from '../aws/traffic';

/** An inference id takes 64 characters, of which the number of the request needs some. */
const PREFIX = /^[\x21-\x7e]{1,50}$/;

interface Options {
  readonly rate: number;
  readonly header?: true;
  readonly idPrefix?: string;
  readonly json?: true;
}

/** What was asked for, and how long it took. */
interface Run {
  readonly requests: number;
  readonly prefix: string;
  readonly seconds: number;
}

/** `model-monitor traffic`: asks a deployed endpoint for predictions, so that there is something to monitor. */
export function trafficCommand(): Command {
  return new Command('traffic')
    .description('Send the lines of a file to a deployed endpoint, one a request, with inference ids. Exit code 1 when a request failed.')
    .argument('<endpoint>', 'name of the endpoint')
    .argument('<file>', 'requests: CSV (.csv) or JSON lines (.jsonl), also with .gz, as the model takes them')
    .option('--rate <n>', 'requests a second', rate, 10)
    .option('--header', 'the CSV\'s first line names its columns and is no request')
    .option('--id-prefix <text>', 'what inference ids begin with, before -1, -2 …; the file\'s name and the time unless given', idPrefix)
    .option('--json', 'the outcome as JSON, for machines')
    .action(async (endpoint: string, file: string, options: Options, command: Command) => {
      await inWords(command, () => play(endpoint, file, options));
    });
}

async function play(endpoint: string, file: string, options: Options): Promise<void> {
  const contentType = contentTypeOf(file);
  if (options.header === true && contentType !== 'text/csv') throw new AnalyzerError('--header goes with a CSV file');
  const bodies = (await linesOf(file)).slice(options.header === true ? 1 : 0);
  if (bodies.length === 0) throw new AnalyzerError(`${file} holds no request`);
  const prefix = options.idPrefix ?? defaultPrefix(file);
  const { Traffic } = await import('../aws/traffic.js');
  const traffic = new Traffic({ endpoint, contentType, bodies, rate: options.rate, idPrefix: prefix });
  const began = performance.now();
  await withProgress(() => `asking ${endpoint}: ${traffic.ok + traffic.failed} of ${bodies.length} answered, ${traffic.failed} failed`, () => traffic.send());
  tell(traffic, { seconds: (performance.now() - began) / 1000, prefix, requests: bodies.length }, options.json === true);
  process.exitCode = traffic.failed === 0 ? 0 : 1;
}

function tell({ ok, failed, firstFailure, latencies }: Traffic, { seconds, prefix, requests }: Run, json: boolean): void {
  const latency = latencies.length === 0 ? undefined : { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) };
  if (json) {
    process.stdout.write(`${JSON.stringify({ requests, ok, failed, firstFailure, seconds: round(seconds), latency, idPrefix: prefix })}\n`);
    return;
  }
  const unsent = requests - ok - failed;
  process.stdout.write(`requests       ${requests}: ${ok} ok, ${failed} failed${unsent === 0 ? '' : `, ${unsent} not sent`}, in ${round(seconds)} s\n`);
  if (latency !== undefined) process.stdout.write(`latency        p50 ${latency.p50} ms, p95 ${latency.p95} ms\n`);
  process.stdout.write(`inference ids  ${prefix}-1 … ${prefix}-${ok + failed}\n`);
  if (firstFailure !== undefined) process.stderr.write(`error: ${failed} of ${requests} requests failed, the first: ${firstFailure}\n`);
}

async function linesOf(file: string): Promise<string[]> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new AnalyzerError(`${file} ${existsSync(file) ? 'is no file' : 'does not exist'}`);
  const lines: string[] = [];
  for await (const batch of readLines(file)) lines.push(...batch.map(({ record }) => record.trimEnd()));
  return lines;
}

function contentTypeOf(file: string): string {
  const [, extension = ''] = /\.([a-z]+)(\.gz)?$/i.exec(file) ?? [];
  switch (extension.toLowerCase()) {
    case 'csv': return 'text/csv';
    case 'jsonl': case 'ndjson': case 'json': return 'application/json';
    default: throw new AnalyzerError(`what ${file} holds cannot be told from its name: it must end in .csv or .jsonl, also with .gz`);
  }
}

/** Of another run, other ids: labels are told apart by them. */
function defaultPrefix(file: string): string {
  const name = path.basename(file).replace(/\..*$/, '').replace(/[^\x21-\x7e]/g, '').slice(0, 30);
  return `${name}-${new Date().toISOString().replace(/[-:.Z]/g, '')}`;
}

/** Milliseconds that the given share of answers took at most. */
function percentile(latencies: readonly number[], share: number): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function rate(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && number <= 1000) return number;
  throw new InvalidArgumentError('give a number above 0, 1000 at most');
}

function idPrefix(text: string): string {
  if (PREFIX.test(text)) return text;
  throw new InvalidArgumentError('give 1 to 50 characters of ASCII without spaces');
}
