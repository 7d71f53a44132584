/** The four monitors, as the service names them; the name of a schedule's monitor ends in one of them. */
export const MONITOR_TYPES = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'] as const;

/** A kind of monitor. */
export type MonitorType = (typeof MONITOR_TYPES)[number];
