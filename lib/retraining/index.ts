export type { EvidenceParameters } from '../contract';
export * from './retrain-trigger';
