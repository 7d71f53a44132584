import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** manifest.json of a cloud assembly, as far as the rehearsal reads it. */
export interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

/** One entry of a manifest: a stack, an asset manifest, a nested assembly. */
export interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
    readonly directoryName?: string;
  };
  readonly metadata?: ConstructMetadata;
  /** Since schema 50 the metadata lies in a file of its own. */
  readonly additionalMetadataFile?: string;
}

/** What CDK notes about each construct, by its path with a leading slash. */
type ConstructMetadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** The asset manifest of one stack. */
export interface AssetManifest {
  readonly files?: Readonly<Record<string, {
    readonly displayName?: string;
    readonly source: { readonly path?: string; readonly packaging?: string };
    readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
  }>>;
  readonly dockerImages?: Readonly<Record<string, {
    readonly displayName?: string;
    readonly source: { readonly directory?: string; readonly dockerFile?: string };
    readonly destinations: Readonly<Record<string, { readonly repositoryName: string; readonly imageTag: string }>>;
  }>>;
}

/** Parses a JSON file; the error of a file that is no JSON names it. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** @throws Error when the directory is no cloud assembly */
export function readManifest(directory: string): Manifest {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) {
    throw new Error(`${directory} is no cloud assembly: it holds no manifest.json; run "cdk synth" and give its output directory, usually cdk.out`);
  }
  return readJson(file) as Manifest;
}

/** Construct paths of a stack by logical id. A nested stack's resources are in its parent's list, with ids of their own. */
export function constructPaths(directory: string, artifact: Artifact): Map<string, string[]> {
  const file = artifact.additionalMetadataFile;
  const metadata = file === undefined ? artifact.metadata ?? {} : readJson(join(directory, file)) as ConstructMetadata;
  const paths = new Map<string, string[]>();
  for (const [path, entries] of Object.entries(metadata)) {
    for (const { type, data } of entries) {
      if (type !== 'aws:cdk:logicalId' || typeof data !== 'string') continue;
      paths.set(data, [...paths.get(data) ?? [], path.slice(1)]);
    }
  }
  return paths;
}
