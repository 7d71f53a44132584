/** The virtual clock: what is to happen, in the order of its time. */
export class Timeline {
  private readonly events: { readonly at: number; readonly run: () => Promise<void> }[] = [];
  private current: number;

  constructor(start: Date) {
    this.current = start.getTime();
  }

  /** What time it is. */
  public now(): Date {
    return new Date(this.current);
  }

  /** Lets something happen at an instant; of two at the same instant, the one that was asked for first comes first. */
  public at(instant: Date | number, run: () => Promise<void>): void {
    const at = Math.max(new Date(instant).getTime(), this.current);
    const index = this.events.findIndex(event => event.at > at);
    this.events.splice(index < 0 ? this.events.length : index, 0, { at, run });
  }

  /** Lets something happen after some milliseconds. */
  public after(milliseconds: number, run: () => Promise<void>): void {
    this.at(this.current + milliseconds, run);
  }

  /** Lets everything up to an instant happen, and what follows from it. */
  public async runUntil(instant: Date): Promise<void> {
    for (;;) {
      const next = this.events[0];
      if (next === undefined || next.at > instant.getTime()) break;
      this.events.shift();
      this.current = next.at;
      await next.run();
    }
    this.current = Math.max(this.current, instant.getTime());
  }
}
