import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { UnplayableError } from '../assembly/unplayable-error';
import { LambdaFunction } from '../runtime/lambda-function';

/** A function of the template, with the role it runs under and the process that plays it. */
export interface PlayedFunction {
  readonly resource: TemplateResource;
  readonly role: TemplateResource;
  /** What a person calls it: the folder of its construct. */
  readonly name: string;
  readonly runtime: LambdaFunction;
}

/** The Lambda functions of a deployment; each is started when it is first needed. */
export class Functions {
  private readonly played = new Map<TemplateResource, PlayedFunction>();
  private readonly byAccessKey = new Map<string, PlayedFunction>();

  constructor(private readonly deployment: Deployment, private readonly endpointUrl: string) {}

  /** The function with this ARN, of whatever version or alias. */
  public byArn(arn: string): PlayedFunction {
    const resource = this.deployment.byArn(arn.split(':').slice(0, 7).join(':'));
    if (resource?.type !== 'AWS::Lambda::Function') throw new UnplayableError(`a function outside of the assembly: ${arn}`);
    return this.of(resource);
  }

  /** Who signs with this key. */
  public bySigner(accessKey: string): PlayedFunction {
    const signer = this.byAccessKey.get(accessKey);
    if (signer === undefined) throw new Error(`no function signs with ${accessKey}`);
    return signer;
  }

  /** A function, ready to be invoked. */
  public of(resource: TemplateResource): PlayedFunction {
    const known = this.played.get(resource);
    if (known !== undefined) return known;
    const accessKey = `AKIAREHEARSAL${String(this.played.size).padStart(3, '0')}`;
    const started = { resource, role: this.role(resource), name: this.name(resource), runtime: this.start(resource, accessKey) };
    this.played.set(resource, started);
    this.byAccessKey.set(accessKey, started);
    return started;
  }

  /** Ends every process. */
  public stop(): void {
    for (const { runtime } of this.played.values()) runtime.stop();
  }

  private role(resource: TemplateResource): TemplateResource {
    const arn = String(this.deployment.properties(resource).Role);
    const role = this.deployment.byArn(arn);
    if (role === undefined) throw new UnplayableError(`a function whose role is outside of the assembly: ${arn}`, where(resource));
    return role;
  }

  /** What it calls itself in its logs, else the name of its construct. */
  private name(resource: TemplateResource): string {
    return this.variables(resource).POWERTOOLS_SERVICE_NAME ?? resource.constructPath?.split('/').at(-2) ?? resource.logicalId;
  }

  private variables(resource: TemplateResource): Record<string, string> {
    const { Environment: environment } = this.deployment.properties(resource);
    return (environment as { readonly Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  }

  private start(resource: TemplateResource, accessKey: string): LambdaFunction {
    const { Handler: handler, Runtime: runtime } = this.deployment.properties(resource);
    if (typeof runtime !== 'string' || !runtime.startsWith('nodejs')) throw new UnplayableError(`a function that runs on ${String(runtime)}`, where(resource));
    const [, module = '', exportName = ''] = /^(.+)\.([^.]+)$/.exec(String(handler)) ?? [];
    return new LambdaFunction({ file: path.resolve(this.code(resource), `${module}.js`), exportName }, {
      ...this.variables(resource),
      AWS_REGION: resource.stack.environment.region,
      AWS_ENDPOINT_URL: this.endpointUrl,
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_LAMBDA_FUNCTION_NAME: this.deployment.physical(resource).name,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      REHEARSAL_FUNCTION_ARN: this.deployment.physical(resource).arn,
    });
  }

  private code(resource: TemplateResource): string {
    const { S3Key: key } = this.deployment.properties(resource).Code as { readonly S3Key?: string };
    const folder = key === undefined ? undefined : this.deployment.assembly.assets.file(key);
    if (folder === undefined || !existsSync(folder) || !statSync(folder).isDirectory()) {
      throw new UnplayableError('a function whose code is no folder of the assembly', where(resource));
    }
    return folder;
  }
}
