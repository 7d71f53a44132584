/** A kind of monitor, as the service names it. */
export enum MonitorType {
  /** Watches the values. */
  DATA_QUALITY = 'data-quality',
  /** Watches the predictions against labels. */
  MODEL_QUALITY = 'model-quality',
  /** Watches how differently groups fare. */
  MODEL_BIAS = 'model-bias',
  /** Watches what each feature contributes. */
  MODEL_EXPLAINABILITY = 'model-explainability',
}
