/** What the user can put right; its message is the job's exit message. */
export class AnalyzerError extends Error {
  override readonly name = 'AnalyzerError';
}
