import { basename, join, relative } from 'node:path';
import { Assets } from './assets';
import { Artifact, constructPaths, readJson, readManifest } from './manifest';
import { Environment, Stack, Template, TemplateResource, templateResource } from './stack';
import { UnplayableError } from './unplayable-error';

/** Where a stack goes whose environment is not known at synth. */
const UNKNOWN_ACCOUNT = '123456789012';
const UNKNOWN_REGION = 'us-east-1';

/**
 * What `cdk synth` leaves on disk: templates, and the assets beside them, with those of stages and nested stacks.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html
 */
export class Assembly {
  /** Reads a cloud assembly afresh; what changed on disk since the last time is seen. */
  public static load(directory: string): Assembly {
    const assembly = new Assembly(directory);
    assembly.readDirectory(directory);
    return assembly;
  }

  /** A parent comes before the stacks nested in it. */
  public readonly stacks: Stack[] = [];
  public readonly assets = new Assets();

  private constructor(public readonly directory: string) {}

  /** Every resource, or every one of a type, those too whose condition does not hold. */
  public resources(type?: string): TemplateResource[] {
    return this.stacks.flatMap(stack => [...stack.resources.values()]).filter(resource => type === undefined || resource.type === type);
  }

  private readDirectory(directory: string): void {
    const artifacts = Object.entries(readManifest(directory).artifacts ?? {});
    for (const [, { type, properties }] of artifacts) {
      if (type === 'cdk:asset-manifest' && properties?.file !== undefined) this.assets.add(directory, properties.file);
    }
    for (const [id, artifact] of artifacts) {
      if (artifact.type === 'aws:cloudformation:stack') this.readStack(directory, id, artifact);
      if (artifact.type === 'cdk:cloud-assembly') this.readDirectory(join(directory, artifact.properties?.directoryName ?? id));
    }
  }

  private readStack(directory: string, id: string, artifact: Artifact): void {
    const templateFile = join(directory, artifact.properties?.templateFile ?? `${id}.template.json`);
    const paths = constructPaths(directory, artifact);
    const stack = this.addStack(artifact.properties?.stackName ?? id, templateFile, environment(artifact.environment), paths);
    this.readNestedStacks(stack, paths);
  }

  private readNestedStacks(parent: Stack, paths: Map<string, string[]>): void {
    for (const resource of parent.resources.values()) {
      if (resource.type !== 'AWS::CloudFormation::Stack') continue;
      const nested = this.addStack(`${parent.name}-${resource.logicalId}`, this.nestedTemplate(resource), parent.environment, paths, resource);
      this.readNestedStacks(nested, paths);
    }
  }

  /** TemplateURL is an expression around the asset's object key; only the key tells the file. */
  private nestedTemplate(resource: TemplateResource): string {
    const url = JSON.stringify(resource.properties.TemplateURL ?? '');
    const key = /\/([\w.-]+\.json)"/.exec(url)?.[1];
    const file = key === undefined ? undefined : this.assets.file(key);
    if (file === undefined) {
      throw new UnplayableError(`a nested stack whose template is no asset of this assembly: TemplateURL is ${url}`, `${resource.stack.templateFile} ${resource.logicalId}`);
    }
    return file;
  }

  private addStack(name: string, file: string, env: Environment, paths: Map<string, string[]>, nestedIn?: TemplateResource): Stack {
    const template = readJson(file) as Template;
    const resources = new Map<string, TemplateResource>();
    const templateFile = relative(this.directory, file) || basename(file);
    const stack: Stack = { name, templateFile, template, environment: env, resources, ...(nestedIn === undefined ? {} : { nestedIn }) };
    for (const [logicalId, definition] of Object.entries(template.Resources ?? {})) {
      resources.set(logicalId, templateResource(stack, logicalId, definition, onlyOne(paths.get(logicalId))));
    }
    this.stacks.push(stack);
    return stack;
  }
}

/** Two stacks of one family may use the same logical id; then the path is not told by it. */
function onlyOne(paths: readonly string[] = []): string | undefined {
  return paths.length === 1 ? paths[0] : undefined;
}

/** From `aws://account/region` of the manifest. */
function environment(url = ''): Environment {
  const [, account = 'unknown-account', region = 'unknown-region'] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
  const knownRegion = region === 'unknown-region' ? UNKNOWN_REGION : region;
  return { account: account === 'unknown-account' ? UNKNOWN_ACCOUNT : account, region: knownRegion, ...partition(knownRegion) };
}

function partition(region: string): Pick<Environment, 'partition' | 'urlSuffix'> {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' };
  return { partition: 'aws', urlSuffix: 'amazonaws.com' };
}
