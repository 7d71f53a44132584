/** Condition keys of a request and their values. Keys know no case. */
export class Context {
  private readonly values: ReadonlyMap<string, readonly string[]>;

  constructor(entries: Readonly<Record<string, string | readonly string[] | undefined>>) {
    this.values = new Map(Object.entries(entries)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value ?? []]));
  }

  /** `undefined` when the request does not carry the key. */
  public get(key: string): readonly string[] | undefined {
    return this.values.get(key.toLowerCase());
  }
}
