/** A CloudFormation template, as far as the rehearsal reads it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, ResourceDefinition>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Outputs?: Readonly<Record<string, OutputDefinition>>;
}

/** A resource, as the template writes it. */
export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** An output, as the template writes it. */
interface OutputDefinition {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** Where a stack goes. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** End of the partition's host names. */
  readonly urlSuffix: string;
}

/** A stack of the assembly; a nested stack is one too. */
export interface Stack {
  readonly name: string;
  /** Relative to the assembly's directory. */
  readonly templateFile: string;
  readonly template: Template;
  readonly environment: Environment;
  /** By logical id, with those whose condition does not hold. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** The `AWS::CloudFormation::Stack` that holds this one. */
  readonly nestedIn?: TemplateResource;
}

/** A resource of a template, its intrinsic functions not yet resolved. */
export interface TemplateResource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Such as `MyStack/Monitor/Schedule/Resource`; absent in templates that CDK did not write. */
  readonly constructPath?: string;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
}

/** Names a resource so that a user finds it: `Stack.template.json LogicalId (Construct/Path)`. */
export function where(resource: TemplateResource): string {
  const path = resource.constructPath === undefined ? '' : ` (${resource.constructPath})`;
  return `${resource.stack.templateFile} ${resource.logicalId}${path}`;
}

/** Whether a Lambda function of the user's answers for the resource. */
export function isCustomResource(resource: TemplateResource): boolean {
  return resource.type === 'AWS::CloudFormation::CustomResource' || resource.type.startsWith('Custom::');
}

/** A resource's unresolved properties and all, from how its template writes it. */
export function templateResource(stack: Stack, logicalId: string, definition: ResourceDefinition, pathFromManifest?: string): TemplateResource {
  const pathFromTemplate = definition.Metadata?.['aws:cdk:path'];
  const constructPath = typeof pathFromTemplate === 'string' ? pathFromTemplate : pathFromManifest;
  return {
    stack,
    logicalId,
    type: definition.Type,
    properties: definition.Properties ?? {},
    dependsOn: [definition.DependsOn ?? []].flat(),
    ...(constructPath === undefined ? {} : { constructPath }),
    ...(definition.Condition === undefined ? {} : { condition: definition.Condition }),
  };
}
