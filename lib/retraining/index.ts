export type { EvidenceParameters } from '../contract';
export * from './model-registry';
export * from './pipeline-grants';
export * from './retrain-trigger';
export * from './training-pipeline';
export * from './training-pipeline-props';
