/** Where requests and their answers were captured. */
export interface CaptureSource {
  /** `DestinationS3Uri` of an endpoint's data capture, else the folder that holds the years; no trailing slash. */
  readonly uri: string;
  /** The endpoint that captured; absent where others did, by the hour in the same form. */
  readonly endpointName?: string;
  readonly variantName?: string;
  /** Account that owns the bucket, where it is another one. */
  readonly bucketOwner?: string;
}
