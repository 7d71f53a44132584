import { statSync } from 'node:fs';
import path from 'node:path';
import { TransformedFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { folderOf, listFiles } from './files';

/** A file of lines, and what it is called where something is wrong with it. */
export interface LineFile {
  readonly path: string;
  readonly name: string;
}

/** A file that a transform job has read, and the one that it has written for it; or one of them. */
export interface TransformPair {
  /** The hour in which the job began: ISO 8601, UTC. Absent: nobody knows, it lies in every window. */
  readonly hour?: string;
  readonly input?: LineFile;
  readonly output?: LineFile;
}

/** What batch transform appends to the name of a file that it has read. */
const OUT = '.out';

/** The files of a job's dataset that transform jobs have captured. */
export function capturedPairs(dataset: string, files: readonly TransformedFile[]): TransformPair[] {
  const found = listFiles(dataset);
  const at = (name: string): LineFile => ({ path: path.join(folderOf(dataset), name), name });
  return files.map(({ hour, input, output }) => ({
    hour,
    ...(input !== undefined && { input: at(placeOf(`input/${input}`, found)) }),
    ...(output !== undefined && { output: at(placeOf(`output/${output}`, found)) }),
  }));
}

/** What lies in a folder that jobs read and beside it in the one that they wrote, by name; or one file and the other. Either may be absent. */
export function pairsOf(input: string | undefined, output: string | undefined): TransformPair[] {
  const inputs = input === undefined ? undefined : filesOf(input);
  const outputs = output === undefined ? undefined : filesOf(output).filter(({ name }) => name.endsWith(OUT) || isFile(output));
  if (inputs === undefined) return (outputs ?? []).map(file => ({ output: file }));
  if (outputs === undefined) return inputs.map(file => ({ input: file }));
  if (isFile(input) && isFile(output)) return inputs.map((file, index) => ({ input: file, output: outputs[index] as LineFile }));
  const lone = outputs.find(({ name }) => !inputs.some(file => name === `${file.name}${OUT}`));
  if (lone !== undefined && !isFile(input)) throw new AnalyzerError(`${lone.path} was written, but ${input ?? ''} holds no ${lone.name.slice(0, -OUT.length)} that was read`);
  return inputs.map(file => ({ input: file, output: writtenFor(file, outputs, output) }));
}

function writtenFor({ path: read, name }: LineFile, outputs: readonly LineFile[], output: string | undefined): LineFile {
  const written = outputs.find(file => file.name === `${name}${OUT}`);
  if (written === undefined) throw new AnalyzerError(`${read} was read, but ${output ?? ''} holds no ${name}${OUT} that was written for it`);
  return written;
}

function filesOf(place: string): LineFile[] {
  const folder = folderOf(place);
  return listFiles(place).map(name => ({ path: path.join(folder, name), name }));
}

function isFile(place: string | undefined): boolean {
  return place !== undefined && statSync(place).isFile();
}

/** The platform may put a file under its whole key. */
function placeOf(wanted: string, found: readonly string[]): string {
  const [side = '', ...rest] = wanted.split('/');
  const place = found.find(file => file === wanted) ?? found.find(file => file.startsWith(`${side}/`) && file.endsWith(`/${rest.join('/')}`));
  if (place === undefined) throw new AnalyzerError(`${wanted}, which a transform job has captured, is not among the files of this job`);
  return place;
}
