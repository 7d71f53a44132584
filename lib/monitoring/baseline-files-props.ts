/** Properties of a baseline whose files ship with the app. */
export interface BaselineFilesProps {
  /** Path of constraints.json; of bias and explainability, of analysis.json. */
  readonly constraints: string;
  /**
   * Path of statistics.json.
   *
   * @default - none, as of bias and explainability
   */
  readonly statistics?: string;
}
