/** Asks a model for scores. */
export interface Predictor {
  /**
   * Sends one request and gives the answer's body. Throws a TransientFailure where it is worth to try once more.
   *
   * @param body rows in the content type of the configuration.
   */
  invoke(body: string, contentType: string, acceptType: string): Promise<string>;
}
