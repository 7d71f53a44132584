import { BatchTransformOptions } from './batch-transform-options';
import { BucketFolder } from './bucket-folder';
import { capturesInput } from './private/captures-input';
import { ScheduleInput } from './private/schedule-input';
import { transformInput } from './private/transform-input';

/** What a schedule watches where that is no endpoint. Its metrics have no dimension `Endpoint`, and SageMaker itself publishes none of it. */
export class MonitoringInput {
  /**
   * Records of requests, one a line in `yyyy/mm/dd/hh/….jsonl` below a folder (UTC), in the form in which endpoints capture them: written by a
   * service of your own, or copied from another account or region. A record is from the hour of its folder, or from the hour after it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
   */
  public static captures(folder: BucketFolder): MonitoringInput {
    return new MonitoringInput(capturesInput(folder));
  }

  /**
   * What batch transform jobs read and write, with data capture. Monitors that need labels need `GenerateInferenceId`, too: the label's id is the
   * one that the job has added to its line. No model is asked to explain itself: that needs an endpoint.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
   */
  public static batchTransform(options: BatchTransformOptions): MonitoringInput {
    return new MonitoringInput(transformInput(options));
  }

  private constructor(
    /** @internal */
    public readonly _input: ScheduleInput,
  ) {}
}
