import * as z from 'zod';

/** Name of a job. */
export const processingJobName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'must match [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}');
const s3Uri = z.string().regex(/^(https|s3):\/\/[^/]+\/?.*$/).max(1024);
const localPath = z.string().max(256);

/** Shape of a CreateProcessingJob request, with the API's own bounds. */
export const CreateProcessingJob = z.strictObject({
  ProcessingJobName: processingJobName,
  ProcessingInputs: z.array(z.strictObject({
    InputName: z.string(),
    AppManaged: z.boolean().optional(),
    S3Input: z.strictObject({
      S3Uri: s3Uri,
      LocalPath: localPath.optional(),
      S3DataType: z.enum(['ManifestFile', 'S3Prefix']),
      S3InputMode: z.enum(['Pipe', 'File']).optional(),
      S3DataDistributionType: z.enum(['FullyReplicated', 'ShardedByS3Key']).optional(),
      S3CompressionType: z.enum(['None', 'Gzip']).optional(),
    }),
  })).max(10).default([]),
  ProcessingOutputConfig: z.strictObject({
    Outputs: z.array(z.strictObject({
      OutputName: z.string(),
      AppManaged: z.boolean().optional(),
      S3Output: z.strictObject({ S3Uri: s3Uri, LocalPath: localPath.optional(), S3UploadMode: z.enum(['Continuous', 'EndOfJob']) }),
    })).max(10),
    KmsKeyId: z.string().max(2048).optional(),
  }).optional(),
  ProcessingResources: z.strictObject({
    ClusterConfig: z.strictObject({
      InstanceCount: z.number().int().min(1).max(100),
      InstanceType: z.string().regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/),
      VolumeSizeInGB: z.number().int().min(1).max(16384),
      VolumeKmsKeyId: z.string().max(2048).optional(),
    }),
  }),
  StoppingCondition: z.strictObject({ MaxRuntimeInSeconds: z.number().int().min(1).max(777600) }).optional(),
  AppSpecification: z.strictObject({
    ImageUri: z.string().min(1).max(255),
    ContainerEntrypoint: z.array(z.string().max(256)).max(100).optional(),
    ContainerArguments: z.array(z.string().max(256)).max(100).optional(),
  }),
  Environment: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/).max(256), z.string().max(256))
    .refine(variables => Object.keys(variables).length <= 100, 'must have at most 100 variables').optional(),
  NetworkConfig: z.strictObject({
    EnableInterContainerTrafficEncryption: z.boolean().optional(),
    EnableNetworkIsolation: z.boolean().optional(),
    VpcConfig: z.strictObject({ SecurityGroupIds: z.array(z.string()).min(1).max(5), Subnets: z.array(z.string()).min(1).max(16) }).optional(),
  }).optional(),
  RoleArn: z.string().min(20).max(2048).regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).max(50).optional(),
});

/** A CreateProcessingJob request as it was accepted. */
export type ProcessingJobRequest = z.output<typeof CreateProcessingJob>;
