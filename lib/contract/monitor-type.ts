/** The four monitors, as the service names them; the name of a schedule's monitor ends in one of them. */
export const MONITOR_TYPES = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'] as const;

/** A kind of monitor. */
export type MonitorType = (typeof MONITOR_TYPES)[number];

/** The kinds of monitors as the managed service names them: that of a schedule, and what the names of a job definition's parts begin with. */
export const MONITORING_TYPES = {
  'data-quality': 'DataQuality',
  'model-quality': 'ModelQuality',
  'model-bias': 'ModelBias',
  'model-explainability': 'ModelExplainability',
} as const satisfies Readonly<Record<MonitorType, string>>;

/** What has happened when a monitor has found drift. */
export const DRIFT_DETECTED: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'Data drift detected',
  'model-quality': 'Model quality drift detected',
  'model-bias': 'Bias drift detected',
  'model-explainability': 'Feature attribution drift detected',
};
