import { existsSync, statSync } from 'node:fs';
import { csvFormatRows } from 'd3-dsv';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { parseCsv } from '../../analyzer/input/csv';
import { readLines } from '../../analyzer/input/lines';
import { attempt, Rejection } from '../../analyzer/input/row';
import { readGroundTruth } from '../../analyzer/observation/ground-truth';
import { GroundTruthRecord } from '../../lib/contract';

const TOLD = 5;

interface WholeLine {
  readonly line: number;
  readonly record: string;
  readonly isReadable: boolean;
}

interface Refused {
  readonly line: number;
  readonly reason: string;
}

/** The labels of a file as lines of ground truth. One line that is no label is enough to refuse them all. */
export async function readLabels(file: string, header: boolean): Promise<string[]> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new AnalyzerError(`${file} ${existsSync(file) ? 'is no file' : 'does not exist'}`);
  const [, extension = ''] = /\.([a-z]+)(\.gz)?$/i.exec(file) ?? [];
  const isCsv = extension.toLowerCase() === 'csv';
  if (!isCsv && !/^(jsonl|ndjson|json)$/i.test(extension)) throw new AnalyzerError(`what ${file} holds cannot be told from its name: it must end in .csv or .jsonl, also with .gz`);
  if (header && !isCsv) throw new AnalyzerError('--header goes with a CSV file');
  const refused: Refused[] = [];
  const labels = isCsv ? await csvLabels(file, header, refused) : await jsonLabels(file, refused);
  if (refused.length > 0) throw new AnalyzerError(`${refused.length} of the lines of ${file} ${refused.length === 1 ? 'is' : 'are'} no label, nothing was uploaded: ${told(refused)}`);
  if (labels.length === 0) throw new AnalyzerError(`${file} holds no label`);
  return labels;
}

async function jsonLabels(file: string, refused: Refused[]): Promise<string[]> {
  await readGroundTruth(file, ({ line }, reason) => { refused.push({ line, reason }); });
  return (await allLines(file)).map(({ record }) => record);
}

async function csvLabels(file: string, header: boolean, refused: Refused[]): Promise<string[]> {
  const lines = (await allLines(file)).slice(header ? 1 : 0);
  return lines.flatMap((line) => {
    const label = attempt(() => csvLabel(line));
    if (!(label instanceof Rejection)) return JSON.stringify(label);
    refused.push({ line: line.line, reason: label.message });
    return [];
  });
}

function csvLabel(line: WholeLine): GroundTruthRecord {
  if (!line.isReadable) throw new Rejection('line is not UTF-8');
  const text = line.record.replace(/\r$/, '');
  if ((text.split('"').length - 1) % 2 === 1) throw new Rejection('a quote is not closed');
  const fields = parseCsv(text)[0] ?? [];
  if (fields.length !== 2) throw new Rejection(`must be id,label: it has ${fields.length} field(s)`);
  const [id, label] = fields;
  if (id === null || id === undefined) throw new Rejection('the id is empty');
  if (label === null || label === undefined) throw new Rejection('the label is empty');
  if (line.line === 1 && label.toLowerCase() === 'label') throw new Rejection('names its columns: give --header');
  return { groundTruthData: { data: csvFormatRows([[label]]), encoding: 'CSV' }, eventMetadata: { eventId: id }, eventVersion: '0' };
}

async function allLines(file: string): Promise<WholeLine[]> {
  const lines: WholeLine[] = [];
  for await (const batch of readLines(file)) lines.push(...batch.map(({ line, record, isReadable }) => ({ line, record, isReadable })));
  return lines;
}

function told(refused: readonly Refused[]): string {
  const first = refused.slice(0, TOLD).map(({ line, reason }) => `line ${line}: ${reason}`);
  return [...first, ...(refused.length > TOLD ? ['…'] : [])].join('; ');
}
