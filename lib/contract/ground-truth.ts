/**
 * One line of a ground-truth file: the label of one request, or of each of its rows. Only these three are required.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export interface GroundTruthRecord {
  readonly groundTruthData: {
    /** The label as CSV (`1`, or a line a row) or JSON text. */
    readonly data: string;
    readonly encoding: 'CSV' | 'JSON';
  };
  readonly eventMetadata: {
    /** The request's inferenceId where the caller sent one, else its eventId. */
    readonly eventId: string;
    /** Where the service has merged labels into captures: what the caller sent. */
    readonly inferenceId?: string;
  };
  readonly eventVersion?: string;
}
