/** Source of the events that publish-monitoring-results sends to the default bus; `detail` is an ExecutionResult. */
export const EVENT_SOURCE = 'cdk-model-monitor';

/** Detail types of our own events. */
export const DetailType = {
  /** After each execution, also one without data or one that failed. */
  EXECUTION_COMPLETED: 'Model Monitoring Execution Completed',
  /** After an execution that found violations. */
  DRIFT_DETECTED: 'Model Drift Detected',
} as const;
