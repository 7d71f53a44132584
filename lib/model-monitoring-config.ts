/** The model, and what it runs on. */
export interface ModelSettings {
  /** Folder of a container that obeys SageMaker's train and serve contracts; it has a Dockerfile. */
  readonly container: string;
  /**
   * That container's image in ECR, for who has no Docker at deployment.
   *
   * @default - the image is built from `container` when the app is deployed
   */
  readonly imageUri?: string;
  /** First model.tar.gz, a file. */
  readonly modelData: string;
  /**
   * Instance type of the endpoint.
   *
   * @default ml.m5.large
   */
  readonly instanceType?: string;
  /**
   * Number of instances of the endpoint.
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/** What the endpoint writes down of its traffic. */
export interface CaptureSettings {
  /**
   * Share of requests captured, 0–100. Lower it in production to save storage and analysis.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;
}

/** The data that the model was trained with. */
export interface DatasetSettings {
  /** CSV file with a header. */
  readonly trainingData: string;
  /** Column that the model predicts; traffic does not hold it. */
  readonly label: string;
  /** The other columns, in the order in which requests hold them. */
  readonly features: string[];
  /**
   * Features whose values are hashed wherever a value would be written.
   *
   * @default - values are written as they are
   */
  readonly sensitiveFeatures?: string[];
}

/** How often and on what the traffic is analysed. */
export interface MonitoringSettings {
  /**
   * Whole hours between executions, 1–24.
   *
   * @default 1
   */
  readonly cadenceHours?: number;
  /**
   * Instance type of the job.
   *
   * @default ml.m5.xlarge
   */
  readonly instanceType?: string;
  /**
   * The analyzer's image in ECR, for who has no Docker at deployment.
   *
   * @default - the image is built from the package's own Dockerfile when the app is deployed
   */
  readonly analyzerImageUri?: string;
}

/** What raises an alarm, and who hears of it. */
export interface AlarmSettings {
  /**
   * Address that alarms are mailed to.
   *
   * @default - the topic has no subscription
   */
  readonly email?: string;
  /**
   * Threshold (0–1) of the distance of a feature's distribution from its baseline, by feature.
   *
   * @default - no alarm on a single feature's distribution
   */
  readonly featureDrift?: { [feature: string]: number };
  /**
   * Threshold of |mean − baseline mean| / |baseline mean|, by feature: 0.2 is 20 %.
   *
   * @default - no alarm on a feature's mean
   */
  readonly featureMeanShift?: { [feature: string]: number };
  /**
   * Threshold (0–1) of the largest distance of all features.
   *
   * @default 0.1
   */
  readonly maximumDrift?: number;
  /**
   * Checks of which a single violation raises an alarm, such as `completeness_check`.
   *
   * @default - no alarm on a single check
   */
  readonly violations?: string[];
}

/** When and how the model is trained again. */
export interface RetrainingSettings {
  /**
   * Hours after a start in which no other follows.
   *
   * @default 24
   */
  readonly cooldownHours?: number;
  /**
   * Most starts in 30 days.
   *
   * @default 10
   */
  readonly maximumPer30Days?: number;
  /**
   * Instance type of the pipeline's jobs.
   *
   * @default ml.m5.xlarge
   */
  readonly instanceType?: string;
}

/** Everything that a ModelMonitoringStack needs, in values that a JSON file can hold. */
export interface ModelMonitoringConfig {
  /** The model and its endpoint. */
  readonly model: ModelSettings;
  /** The data that the model was trained with. */
  readonly dataset: DatasetSettings;
  /**
   * What the endpoint writes down of its traffic.
   *
   * @default - every request
   */
  readonly capture?: CaptureSettings;
  /**
   * How often and on what the traffic is analysed.
   *
   * @default - every hour
   */
  readonly monitoring?: MonitoringSettings;
  /**
   * What raises an alarm, and who hears of it.
   *
   * @default - an alarm when the largest distance of all features passes 0.1, to a topic without subscription
   */
  readonly alarms?: AlarmSettings;
  /**
   * When and how the model is trained again.
   *
   * @default - at most once in 24 hours and 10 times in 30 days
   */
  readonly retraining?: RetrainingSettings;
}
