import { Check, places } from './finding';

/** A structure of SageMaker, CloudWatch or EventBridge that takes one of several properties. */
interface Choice {
  /** Resource types it occurs in. */
  readonly types: RegExp;
  /** Property that holds it; empty for the resource itself. */
  readonly property: RegExp;
  readonly alternatives: readonly string[];
  /** How many of them there must be. */
  readonly least: 0 | 1;
}

const CHOICES: readonly Choice[] = [
  { types: /JobDefinition$/, property: /JobInput$/, alternatives: ['EndpointInput', 'BatchTransformInput'], least: 1 },
  { types: /MonitoringSchedule$/, property: /^MonitoringInputs$/, alternatives: ['EndpointInput', 'BatchTransformInput'], least: 1 },
  { types: /MonitoringSchedule$/, property: /^MonitoringScheduleConfig$/, alternatives: ['MonitoringJobDefinition', 'MonitoringJobDefinitionName'], least: 1 },
  { types: /SageMaker/, property: /^DatasetFormat$/, alternatives: ['Csv', 'Json', 'Parquet'], least: 1 },
  { types: /SageMaker::Model$/, property: /^$/, alternatives: ['PrimaryContainer', 'Containers', 'InferenceExecutionConfig'], least: 1 },
  { types: /Pipeline$/, property: /^PipelineDefinition$/, alternatives: ['PipelineDefinitionBody', 'PipelineDefinitionS3Location'], least: 1 },
  { types: /CloudWatch::Alarm$/, property: /^$/, alternatives: ['MetricName', 'Metrics'], least: 1 },
  { types: /CloudWatch::Alarm$/, property: /^$/, alternatives: ['Statistic', 'ExtendedStatistic', 'Metrics'], least: 1 },
  { types: /Lambda::Function$/, property: /^Code$/, alternatives: ['S3Key', 'ZipFile', 'ImageUri'], least: 1 },
  { types: /Events::Rule$/, property: /^Targets$/, alternatives: ['Input', 'InputPath', 'InputTransformer'], least: 0 },
];

/** What must be one thing or the other, is; no validator knows. */
export const exactlyOneOf: Check = deployment => deployment.resources().flatMap((resource) => {
  const choices = CHOICES.filter(({ types }) => types.test(resource.type));
  if (choices.length === 0) return [];
  return places(resource, deployment).flatMap(({ at, property, value }) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return choices.filter(choice => choice.property.test(property)).flatMap(({ alternatives, least }) => {
      const given = alternatives.filter(name => name in value);
      if (given.length <= 1 && given.length >= least) return [];
      return [`${at}: ${least === 1 ? 'exactly' : 'at most'} one of ${alternatives.join(', ')}, got ${given.join(' and ') || 'none'}`];
    });
  });
});
