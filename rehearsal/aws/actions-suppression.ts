import { ActionsSuppressor, AlarmTransition } from './alarm';
import { AlarmState } from './alarm-evaluation';

const SECOND = 1000;

/**
 * Holds back what a composite alarm does while its suppressor is raised, while it may yet be raised, and for some time after it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
export class ActionsSuppression {
  private held?: AlarmTransition;
  private until = 0;
  private suppressed = false;

  constructor(private readonly suppressor: ActionsSuppressor) {}

  /** The change that the alarm acts on now, if any: the newest of those held back. To be asked at each evaluation. */
  public release(transition: AlarmTransition | undefined, stateOfSuppressor: AlarmState, now: Date): AlarmTransition | undefined {
    const wasSuppressed = this.suppressed;
    this.suppressed = stateOfSuppressor === 'ALARM';
    if (wasSuppressed && !this.suppressed) this.until = now.getTime() + this.suppressor.extension * SECOND;
    if (transition !== undefined) {
      this.held = transition;
      this.until = now.getTime() + this.suppressor.wait * SECOND;
    }
    if (this.suppressed || now.getTime() < this.until) return undefined;
    const released = this.held;
    this.held = undefined;
    return released;
  }
}
