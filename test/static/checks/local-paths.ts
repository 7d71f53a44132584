import { PipelineDefinition } from '../pipeline-definition';
import { Check, Place, places, placesIn } from './finding';

const BELOW = '/opt/ml/processing/';

/**
 * Processing jobs and monitors exchange files below one folder of their container.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
export const localPaths: Check = deployment => [
  ...deployment.resources().filter(({ type }) => type.startsWith('AWS::SageMaker::')).flatMap(resource => outside(places(resource, deployment))),
  ...deployment.resources('AWS::SageMaker::Pipeline').flatMap(pipeline => new PipelineDefinition(pipeline, deployment).steps.flatMap(step =>
    outside(placesIn(step.arguments, `${pipeline.logicalId}.${step.name}`)))),
];

/** Paths of one job that lie elsewhere, or where another lies. */
export function outside(all: readonly Place[]): string[] {
  const paths = all.filter(({ property, value }) => property === 'LocalPath' && typeof value === 'string') as (Place & { readonly value: string })[];
  return paths.flatMap(({ at, value }, index) => {
    if (!value.startsWith(BELOW)) return [`${at}: ${value} is not below ${BELOW}`];
    return paths.findIndex(other => other.value === value) < index ? [`${at}: ${value} is used twice`] : [];
  });
}
