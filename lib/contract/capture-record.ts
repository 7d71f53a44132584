/** How a captured payload is encoded; the service writes nothing else. */
export type CaptureEncoding = 'CSV' | 'JSON' | 'BASE64';

/** One side of a captured request. Only `data` and `encoding` are always there. */
export interface CapturedPayload {
  readonly data: string;
  readonly encoding: CaptureEncoding;
  /** `null` when the container answered without a content type. */
  readonly observedContentType?: string | null;
  readonly mode?: 'INPUT' | 'OUTPUT';
}

/**
 * One line of a data-capture file: one request to the endpoint, which may carry many rows.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export interface CaptureRecord {
  readonly captureData: {
    readonly endpointInput?: CapturedPayload;
    readonly endpointOutput?: CapturedPayload;
  };
  readonly eventMetadata: {
    readonly eventId: string;
    /** Only when the caller sent one. */
    readonly inferenceId?: string;
    readonly customAttributes?: readonly string[];
    /** ISO 8601, UTC, whole seconds. */
    readonly inferenceTime: string;
  };
  readonly eventVersion?: string;
}

/** The sides of a capture record that an analysis reads, as the service names them in `captureIndexNames`. */
export type CaptureIndexName = keyof CaptureRecord['captureData'];
