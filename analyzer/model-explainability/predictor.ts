/** Asks a model for scores. */
export interface Predictor {
  /**
   * Sends one request and gives the answer's body.
   *
   * @param body rows in the content type of the configuration.
   */
  invoke(body: string, contentType: string, acceptType: string): Promise<string>;
}
