/** Something in a template that the rehearsal does not know how to play. It is named, never skipped. */
export class UnplayableError extends Error {
  public override readonly name = 'UnplayableError';

  /**
   * @param what what cannot be played, and what the user can do about it
   * @param where template, logical id and construct path, as `where()` writes them
   */
  constructor(public readonly what: string, public readonly where?: string) {
    super(where === undefined ? `cannot play ${what}` : `cannot play ${what}, in ${where}`);
  }
}
