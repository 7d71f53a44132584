import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { DATA_QUALITY_CHECKS } from '../lib/contract';
import { ModelMonitoringConfig } from '../lib/model-monitoring-config';
import { InstanceUse, instanceTypeProblem } from '../lib/private/instance-type';

const share = z.number().min(0).max(1);

/** An instance type that SageMaker knows for each of its uses. */
function instanceType(...uses: InstanceUse[]): z.ZodOptional<z.ZodString> {
  return z.string().check(({ value, issues }) => {
    const problem = uses.map(use => instanceTypeProblem(value, use)).find(found => found !== undefined);
    if (problem !== undefined) issues.push({ code: 'custom', message: problem, input: value });
  }).optional();
}

/** The configuration file. The stack checks what depends on several values or on files; this checks each value. */
const configSchema = z.strictObject({
  $schema: z.string().optional(),
  model: z.strictObject({
    container: z.string().describe('Folder of a container that obeys SageMaker\'s train and serve contracts; it has a Dockerfile.'),
    imageUri: z.string().optional().describe('That container\'s image in ECR, for who has no Docker at deployment.'),
    modelData: z.string().describe('First model.tar.gz, a file.'),
    instanceType: instanceType('endpoint').describe('Instance type of the endpoint; ml.m5.large unless given.'),
    instanceCount: z.int().min(1).optional().describe('Number of instances of the endpoint; 1 unless given.'),
  }),
  dataset: z.strictObject({
    trainingData: z.string().describe('CSV file with a header.'),
    label: z.string().describe('Column that the model predicts; traffic does not hold it.'),
    features: z.array(z.string()).min(1).describe('The other columns, in the order in which requests hold them.'),
    sensitiveFeatures: z.array(z.string()).optional().describe('Features whose values are hashed wherever a value would be written.'),
  }),
  capture: z.strictObject({
    samplingPercentage: z.number().min(0).max(100).optional().describe('Share of requests captured, 0–100; 100 unless given.'),
  }).optional(),
  monitoring: z.strictObject({
    cadenceHours: z.literal([1, 2, 3, 4, 6, 8, 12, 24]).optional().describe('Whole hours between executions, which divide the day; 1 unless given.'),
    instanceType: instanceType('processing').describe('Instance type of the job; ml.m5.xlarge unless given.'),
    analyzerImageUri: z.string().optional().describe('The analyzer\'s image in ECR, for who has no Docker at deployment.'),
  }).optional(),
  alarms: z.strictObject({
    email: z.email().optional().describe('Address that alarms are mailed to.'),
    featureDrift: z.record(z.string(), share).optional().describe('Threshold (0–1) of the distance of a feature\'s distribution from its baseline.'),
    featureMeanShift: z.record(z.string(), z.number().positive()).optional()
      .describe('Threshold of |mean − baseline mean| / |baseline mean|: 0.2 is 20 %.'),
    maximumDrift: share.optional().describe('Threshold (0–1) of the largest distance of all features; 0.1 unless given.'),
    violations: z.array(z.enum(DATA_QUALITY_CHECKS)).optional().describe('Checks of which a single violation raises an alarm.'),
  }).optional(),
  retraining: z.strictObject({
    cooldownHours: z.number().min(0).optional().describe('Hours after a start in which no other follows; 24 unless given.'),
    maximumPer30Days: z.int().min(1).optional().describe('Most starts in 30 days; 10 unless given.'),
    instanceType: instanceType('processing', 'training').describe('Instance type of the pipeline\'s jobs; ml.m5.xlarge unless given.'),
  }).optional(),
});

/** A configuration file that cannot be used; the message lists every problem. */
export class ConfigError extends Error {}

/** Reads and checks a configuration file. Paths in it are relative to the current folder. */
export function readConfig(file: string): ModelMonitoringConfig {
  const config = parseJson(file);
  const parsed = configSchema.safeParse(config, { error: inWords });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(issue => `${issue.path.join('.') || '(top)'}: ${issue.message}${issue.code === 'custom' ? '' : given(config, issue.path)}`);
    throw new ConfigError(`${file} has ${problems.length} problem(s):\n  ${problems.join('\n  ')}\nThe schema is ${path.join('config', 'schema.json')}.`);
  }
  return parsed.data;
}

/** The problem in the words of who writes the file; what has no words here keeps zod's. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  const unit = issue.origin === 'array' ? ' entry' : '';
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small': return `must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}${unit}`;
    case 'too_big': return `must be at most ${issue.maximum}${unit}`;
    case 'invalid_value': return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'unrecognized_keys': return `unknown key ${issue.keys.map(key => JSON.stringify(key)).join(', ')}`;
    case 'invalid_format': return issue.format === 'email' ? 'must be an e-mail address' : undefined;
    default: return undefined;
  }
};

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number', number: 'a number', string: 'text', array: 'a list', object: 'an object', record: 'an object', boolean: 'true or false',
};

/** What stands at a place of the configuration, if it is a single value. */
function given(config: unknown, place: readonly PropertyKey[]): string {
  const value = place.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], config);
  return value === undefined || typeof value === 'object' ? '' : `, got ${JSON.stringify(value)}`;
}

function parseJson(file: string): unknown {
  if (!existsSync(file)) throw new ConfigError(`${file} does not exist: give a configuration with -c config=FILE`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new ConfigError(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The JSON schema that editors use, as config/schema.json holds it. */
export function jsonSchema(): string {
  return `${JSON.stringify({ title: 'cdk-model-monitor configuration', ...z.toJSONSchema(configSchema) }, undefined, 2)}\n`;
}
