/** The table of contents: one line a room. */
export * from './security';
export * from './endpoint';
export * from './monitoring';
export * from './retraining';
export * from './model-monitoring-config';
export * from './model-monitoring-stack';
