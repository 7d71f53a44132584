/** What requests or answers are written in. */
export enum MediaType {
  /** A row a line, without header. */
  CSV = 'text/csv',
  /** One document. */
  JSON = 'application/json',
  /** A document a line. */
  JSON_LINES = 'application/jsonlines',
}

/** How a model is asked. */
export interface PredictorOptions {
  /**
   * What requests are written in.
   *
   * @default MediaType.CSV
   */
  readonly contentType?: MediaType;
  /**
   * What a request in JSON looks like, `$records` being its rows, or a line in JSON lines, with the placeholders of `recordTemplate`.
   *
   * @default - `{"instances":$records}`, and a line is `{"features":$features}`
   */
  readonly contentTemplate?: string;
  /**
   * What a row of a request in JSON looks like: `$features` are the values, `$features_kvp` an object, `$feature_names` the names.
   *
   * @default $features
   */
  readonly recordTemplate?: string;
  /**
   * What answers are written in.
   *
   * @default - as the requests
   */
  readonly acceptType?: MediaType;
  /**
   * Where the score is in an answer's row: a name, a dotted path or an index.
   *
   * @default - each value of the row is the score of one label
   */
  readonly scoreAttribute?: string;
  /**
   * Names of the scores.
   *
   * @default - label0, label1 …
   */
  readonly labelHeaders?: string[];
  /**
   * Most rows of one request.
   *
   * @default 500
   */
  readonly rowsPerRequest?: number;
  /**
   * Most requests under way at once.
   *
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * Most requests a second.
   *
   * @default 10
   */
  readonly requestsPerSecond?: number;
}
