import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetManifest, readJson } from './manifest';

/** A container image that `cdk deploy` would build. */
export interface DockerImage {
  readonly hash: string;
  /** The build's context. */
  readonly directory: string;
  /** Relative to the directory. */
  readonly dockerFile: string;
  readonly displayName?: string;
  readonly tags: readonly string[];
}

/** What lies beside the templates: files that go to S3 and images that go to ECR. */
export class Assets {
  private readonly files = new Map<string, string>();
  private readonly dockerImages = new Map<string, DockerImage>();

  /** Reads one stack's asset manifest. */
  public add(directory: string, manifestFile: string): void {
    const manifest = readJson(join(directory, manifestFile)) as AssetManifest;
    for (const [hash, { source, destinations }] of Object.entries(manifest.files ?? {})) {
      if (source.path === undefined) continue;
      const path = join(directory, source.path);
      for (const key of [hash, ...Object.values(destinations).map(destination => destination.objectKey)]) this.files.set(key, path);
    }
    for (const [hash, { displayName, source, destinations }] of Object.entries(manifest.dockerImages ?? {})) {
      this.dockerImages.set(hash, {
        hash,
        directory: join(directory, source.directory ?? '.'),
        dockerFile: source.dockerFile ?? 'Dockerfile',
        ...(displayName === undefined ? {} : { displayName }),
        tags: Object.values(destinations).map(destination => destination.imageTag),
      });
    }
  }

  /** Path of the file or directory that has this hash, or goes to S3 under this object key. */
  public file(hashOrObjectKey: string): string | undefined {
    return this.files.get(hashOrObjectKey);
  }

  /** Content of a file asset; `undefined` when the assembly holds no such file. */
  public read(hashOrObjectKey: string): Buffer | undefined {
    const path = this.file(hashOrObjectKey);
    return path !== undefined && existsSync(path) ? readFileSync(path) : undefined;
  }

  /** The image behind a URI, told by its tag; `undefined` for an image that the assembly does not build. */
  public image(uri: string): DockerImage | undefined {
    return this.images.find(image => image.tags.some(tag => uri.endsWith(`:${tag}`)));
  }

  /** Every image that the assembly builds. */
  public get images(): readonly DockerImage[] {
    return [...this.dockerImages.values()];
  }
}
