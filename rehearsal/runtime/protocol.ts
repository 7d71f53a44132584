/** One invocation, from the rehearsal to a function's process. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly requestId: string;
  /** What time it is for the handler, in milliseconds; the machine's when left out. */
  readonly now?: number;
}

/** What came of it. */
export type InvocationResult
  = | { readonly id: number; readonly result: unknown }
    | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

/** Where a function's process finds its code: a file and the name that it exports. */
export interface HandlerLocation {
  readonly file: string;
  readonly exportName: string;
}
