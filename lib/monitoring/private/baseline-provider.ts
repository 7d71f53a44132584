import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { oncePerStack } from '../../private/once-per-stack';
import { WaitingProvider } from './waiting-provider';

/** What CloudFormation calls to make the baselines of a stack: it starts a job and asks whether it has ended. */
export class BaselineProvider extends WaitingProvider {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): BaselineProvider {
    return oncePerStack(user, 'MakerOfBaselines', encryptionKey, (stack, id) => new BaselineProvider(stack, id, encryptionKey));
  }

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id, {
      asset: 'baseline-job', begins: 'Starts the job of a baseline', asks: 'Asks whether the job of a baseline has ended', encryptionKey,
    });
  }
}
