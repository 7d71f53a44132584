import { Scenario } from '../traffic/scenario';
import { RehearsalEvent } from './outcome';
import { TrafficOptions } from './traffic-choice';

/** What is rehearsed, and with what traffic. */
export interface RehearsalOptions extends TrafficOptions {
  /** A synthesized cloud assembly. */
  readonly assembly: string;
  /** Folder that reports are written to. */
  readonly output: string;
  /** Days of traffic instead of hours in a row. */
  readonly scenario?: Scenario;
  /** URL of a model that serves on this machine. */
  readonly invocations?: string;
  readonly observe: (event: RehearsalEvent) => void;
}
