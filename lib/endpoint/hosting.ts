import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Duration, Token } from 'aws-cdk-lib';
import { requireInstanceType } from '../private/instance-type';
import { Problems } from '../private/validation';

/** Instances that host a model all the time. */
export interface InstanceHostingOptions {
  /**
   * Instance type, such as `ml.m5.xlarge` or `ml.inf2.xlarge`; the image must fit its processor.
   *
   * @default ml.m5.large
   */
  readonly instanceType?: string;

  /**
   * Number of instances; two or more live in different availability zones.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Time in which the container must answer its first ping, 60 s to 1 h. Without it a broken container keeps the
   * deployment waiting for hours.
   *
   * @default Duration.minutes(10)
   */
  readonly startupTimeout?: Duration;
}

/** What a model runs on. */
export abstract class Hosting {
  /**
   * On instances that run all the time.
   *
   * @param options which, and how many.
   */
  public static instances(options: InstanceHostingOptions = {}): Hosting {
    return new InstanceHosting(options);
  }

  /**
   * The production variant of the endpoint.
   *
   * @internal
   */
  public abstract _variant(): HostedVariant;

  /**
   * Notes what is wrong.
   *
   * @internal
   */
  public abstract _validate(problems: Problems): void;
}

/** What hosting says of a production variant; the model and the variant's name are the endpoint's. */
export type HostedVariant = Omit<CfnEndpointConfig.ProductionVariantProperty, 'modelName' | 'variantName'> & { readonly instanceType: string };

class InstanceHosting extends Hosting {
  private readonly instanceType: string;
  private readonly instanceCount: number;
  private readonly startupTimeout: Duration;

  constructor(options: InstanceHostingOptions) {
    super();
    this.instanceType = options.instanceType ?? 'ml.m5.large';
    this.instanceCount = options.instanceCount ?? 1;
    this.startupTimeout = options.startupTimeout ?? Duration.minutes(10);
  }

  public _variant(): HostedVariant {
    return {
      instanceType: this.instanceType,
      initialInstanceCount: this.instanceCount,
      initialVariantWeight: 1,
      containerStartupHealthCheckTimeoutInSeconds: this.startupTimeout.toSeconds(),
    };
  }

  public _validate(problems: Problems): void {
    requireInstanceType(problems, this.instanceType, 'endpoint');
    problems.require(Token.isUnresolved(this.instanceCount) || (Number.isInteger(this.instanceCount) && this.instanceCount >= 1),
      `'instanceCount' must be a whole number of at least 1, got ${this.instanceCount}`);
    problems.require(this.startupTimeout.isUnresolved() || isBetween(this.startupTimeout.toSeconds({ integral: false }), 60, 3600),
      `'startupTimeout' must be between 60 seconds and 1 hour, got ${this.startupTimeout.toHumanString()}`);
  }
}

function isBetween(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest;
}
