import * as z from 'zod';
import { CaptureSource, TransformedFile, Window, hourPath } from '../../lib/contract';
import { parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';

const HOUR = 3_600_000;
/** What a transform job adds to the name of what it read. */
const WRITTEN = /\.out$/;

const manifestSchema = z.tuple([z.object({ prefix: z.string() })]).rest(z.string());

/** What a transform job has read or written, by its manifest. */
interface Manifest {
  /** The jobs of an hour give theirs names of their own. */
  readonly name: string;
  /** The files as the manifest has them, and below the folder of the schedule. */
  readonly files: readonly { readonly named: string; readonly path: string }[];
}

/** What the transform jobs that began in some windows have made of which files. */
export async function transformedFiles(files: S3Files, capture: CaptureSource, windows: readonly Window[]): Promise<TransformedFile[]> {
  const hours = [...new Set(windows.flatMap(hoursOf))];
  return (await Promise.all(hours.map(hour => transformedIn(files, capture, hour)))).flat();
}

async function transformedIn(files: S3Files, capture: CaptureSource, time: number): Promise<TransformedFile[]> {
  const { inputUri, outputUri } = capture.transform ?? {};
  const hour = new Date(time).toISOString();
  const [read, written] = await Promise.all([
    manifests(files, capture, { side: 'input', folder: inputUri, hour }), manifests(files, capture, { side: 'output', folder: outputUri, hour }),
  ]);
  if (outputUri === undefined) return read.flatMap(({ files }) => files.map(({ path }) => ({ hour, input: path })));
  return written.flatMap(manifest => manifest.files.map(({ named, path }) => ({
    hour, output: path, ...inputUri !== undefined && { input: inputOf(named, manifest.name, read, hour) },
  })));
}

/** Jobs of an hour may have read files of the same name: then the manifests' own names tell them apart. */
function inputOf(output: string, manifest: string, read: readonly Manifest[], hour: string): string {
  const named = output.replace(WRITTEN, '');
  const found = read.flatMap(({ name, files }) => files.filter(file => file.named === named).map(({ path }) => ({ name, path })));
  const [only, ...others] = found.length > 1 ? found.filter(({ name }) => name === manifest) : found;
  if (only === undefined || others.length > 0) {
    throw new Error(`${found.length} transform jobs that began in the hour of ${hour} have read a file ${named}, so that nobody knows which one ${output} was made of`);
  }
  return only.path;
}

async function manifests(
  files: S3Files, { uri, bucketOwner }: CaptureSource, { side, folder, hour }: { side: string; folder: string | undefined; hour: string },
): Promise<Manifest[]> {
  if (folder === undefined) return [];
  const found = await files.list(`${uri}/${side}/${hourPath(hour)}/`, { bucketOwner });
  return Promise.all(found.filter(manifest => /\.jsonl?$/.test(manifest)).map(async (manifestUri) => {
    const [{ prefix }, ...names] = parseJson(manifestSchema, await files.read(manifestUri, { bucketOwner }), manifestUri);
    const paths = names.map(named => ({ named, path: pathBelow(folder, `${prefix}${named}`, manifestUri) }));
    return { name: manifestUri.slice(manifestUri.lastIndexOf('/') + 1), files: paths };
  }));
}

function pathBelow(folder: string, file: string, manifest: string): string {
  if (!file.startsWith(`${folder}/`)) throw new Error(`${manifest} names ${file}, which does not lie below ${folder}: have the schedule watch the folder that it lies in`);
  return file.slice(folder.length + 1);
}

function hoursOf({ start, end }: Window): number[] {
  const first = Date.parse(start);
  return Array.from({ length: (Date.parse(end) - first) / HOUR }, (_, index) => first + index * HOUR);
}
