/** An error as a service answers it: its code, its words, its HTTP status. */
export class AwsError extends Error {
  constructor(readonly code: string, message: string, readonly status = 400) {
    super(message);
    this.name = code;
  }
}

/** Thrown by an authorizer to refuse a call; the caller gets its service's own "access denied". */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedError';
}
