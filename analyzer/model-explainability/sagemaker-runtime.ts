/** What asking an endpoint needs of the AWS SDK: a bundle of its own, as most jobs ask none. */
export { InvokeEndpointCommand, ModelError, SageMakerRuntimeClient, SageMakerRuntimeServiceException } from '@aws-sdk/client-sagemaker-runtime';
