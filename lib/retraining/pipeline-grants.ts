import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IPipeline } from 'aws-cdk-lib/aws-sagemaker';

/** What others may be permitted to do with a pipeline. */
export class PipelineGrants {
  /**
   * Grants on a pipeline.
   *
   * @param pipeline the pipeline.
   */
  public static fromPipeline(pipeline: IPipeline): PipelineGrants {
    return new PipelineGrants(pipeline);
  }

  private constructor(private readonly pipeline: IPipeline) {}

  /**
   * Permits starting an execution.
   *
   * @param grantee who may.
   */
  public start(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sagemaker:StartPipelineExecution'], resourceArns: [this.pipeline.pipelineArn] });
  }
}
