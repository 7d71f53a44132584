/** A request that cannot be answered; the message is for the caller. */
export class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
