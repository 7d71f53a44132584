/** The Processing job of one execution. */
export interface JobConfig {
  /** `<schedule>-<8 hex>`: the start of every job's name, which no other schedule's begins with. */
  readonly namePrefix: string;
  readonly roleArn: string;
  readonly imageUri: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly volumeSizeInGB: number;
  readonly volumeKmsKeyId?: string;
  readonly maxRuntimeInSeconds: number;
  readonly networkIsolation: boolean;
  readonly subnets?: readonly string[];
  readonly securityGroupIds?: readonly string[];
}
