import { RequiredPermission } from '../../../../rehearsal/iam/implied';
import { RecordedPlay } from '../recorded-play';
import { absentObjects } from './absent-objects';
import { hostedModels } from './endpoints';
import { failedDeliveries } from './failed-deliveries';
import { pipelineExecutions } from './pipelines';
import { startedJobs } from './processing-jobs';
import { providerFrameworks } from './provider-framework';
import { serviceAccess } from './services';

/** What no call of a handler shows, by what implies it; each permission tells why, and on which page AWS says so. */
export const IMPLIED: Readonly<Record<string, (play: RecordedPlay) => RequiredPermission[]>> = {
  'a job that a handler started': startedJobs,
  'an object that is not there yet': absentObjects,
  'a model behind an endpoint': ({ deployment }) => hostedModels(deployment),
  'an execution of the pipeline': ({ deployment }) => pipelineExecutions(deployment),
  'a delivery that failed for good': ({ deployment }) => failedDeliveries(deployment),
  'the provider framework of a custom resource': ({ deployment }) => providerFrameworks(deployment),
  'a service in its own name': ({ deployment }) => serviceAccess(deployment),
};
