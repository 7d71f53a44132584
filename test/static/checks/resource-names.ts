import { Check } from './finding';

const SAGEMAKER = { longest: 63, pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/ };

/** How long a name may be once it is resolved, and what it is made of, by the beginning of its type. */
const NAMES: readonly (readonly [type: string, rule: { readonly longest: number; readonly pattern: RegExp }])[] = [
  ['AWS::SageMaker::Pipeline', { ...SAGEMAKER, longest: 256 }],
  ['AWS::SageMaker::', SAGEMAKER],
  ['AWS::Scheduler::', { longest: 64, pattern: /^[\w.-]+$/ }],
  ['AWS::Events::Rule', { longest: 64, pattern: /^[\w.-]+$/ }],
  ['AWS::IAM::Role', { longest: 64, pattern: /^[\w+=,.@-]+$/ }],
  ['AWS::Lambda::Function', { longest: 64, pattern: /^[\w-]+$/ }],
  ['AWS::SQS::Queue', { longest: 80, pattern: /^[\w-]+(\.fifo)?$/ }],
  ['AWS::S3::Bucket', { longest: 63, pattern: /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/ }],
  ['AWS::CloudWatch::Alarm', { longest: 255, pattern: /^[ -~]+$/ }],
];
const TYPES_WITHOUT_NAME = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'];

/** Names that are only known when everything is put together: those that CDK hashes, and those that CloudFormation makes. */
export const resourceNames: Check = deployment => deployment.resources().flatMap((resource) => {
  const rule = NAMES.find(([type]) => resource.type.startsWith(type))?.[1];
  if (rule === undefined || TYPES_WITHOUT_NAME.includes(resource.type)) return [];
  const { name } = deployment.physical(resource);
  if (name.length > rule.longest) return [`${resource.logicalId}: the name ${name} has ${name.length} characters, ${rule.longest} are allowed`];
  return rule.pattern.test(name) ? [] : [`${resource.logicalId}: the name ${name} must match ${rule.pattern.source}`];
});
