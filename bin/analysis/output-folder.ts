import path from 'node:path';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { DataOptions } from './data-options';

interface OutputOptions extends DataOptions {
  readonly output: string;
  readonly baseline?: string;
}

/** Refuses an output that would be read as data the next time, or written over the baseline that it was judged by. */
export function checkOutput({ output, baseline, capture, groundTruth, transformInput, transformOutput }: OutputOptions): void {
  if (baseline !== undefined && path.resolve(output) === path.resolve(baseline)) {
    throw new AnalyzerError(`--output ${output} is the folder of the baseline, whose files would be written over: give another folder`);
  }
  const read = [capture, groundTruth, transformInput, transformOutput].find(folder => folder !== undefined && isWithin(output, folder));
  if (read !== undefined) throw new AnalyzerError(`--output ${output} lies in ${read}, which is read as a whole, reports too: give another folder`);
}

function isWithin(place: string, folder: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || !(below === '..' || below.startsWith(`..${path.sep}`) || path.isAbsolute(below));
}
