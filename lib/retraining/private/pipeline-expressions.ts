/** A value that SageMaker puts in while a pipeline runs, such as `Parameters.<name>` or `Steps.<step>.<property>`. */
export interface Get {
  readonly Get: string;
}

/** A path below the folder that one execution of the pipeline has for itself. */
export interface Join {
  readonly 'Std:Join': { readonly On: string; readonly Values: readonly (string | Get)[] };
}

/** A number that a step wrote into its property file. */
export interface JsonGet {
  readonly 'Std:JsonGet': { readonly PropertyFile: Get; readonly Path: string };
}

/** Whatever stands for a text in a definition. */
export type Text = string | Get | Join;

/** The value that a parameter has in an execution. */
export function parameter(name: string): Get {
  return { Get: `Parameters.${name}` };
}

/** A property of a step that has ended, which therefore runs before the one that refers to it. */
export function stepProperty(step: string, property: string): Get {
  return { Get: `Steps.${step}.${property}` };
}

/** Where a processing step's output lies. */
export function outputUri(step: string, output: string): Get {
  return stepProperty(step, `ProcessingOutputConfig.Outputs['${output}'].S3Output.S3Uri`);
}

/** A number in a step's property file. */
export function propertyFileValue(step: string, file: string, path: string): JsonGet {
  return { 'Std:JsonGet': { PropertyFile: stepProperty(step, `PropertyFiles.${file}`), Path: path } };
}

/** Parts with slashes between them. */
export function joinPath(...parts: (string | Get)[]): Join {
  return { 'Std:Join': { On: '/', Values: parts } };
}

/** The folder that only this execution writes to. */
export function executionFolder(artifactsUri: string, name: string): Join {
  return joinPath(artifactsUri, { Get: 'Execution.PipelineExecutionId' }, name);
}
