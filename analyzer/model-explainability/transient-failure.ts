import { AnalyzerError } from '../analyzer-error';

/** Why a call failed that may succeed when it is made once more: the model is busy, starting, or cannot be reached. */
export class TransientFailure extends AnalyzerError {}
