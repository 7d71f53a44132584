import * as z from 'zod';
import { Location, regionalArn } from './aws-call';
import { AwsError } from './aws-error';
import { Operation, operation, timestamp } from './operation';

const MAXIMUM_BYTES = 256 * 1024;

/** An event as rules match it. */
export interface BusEvent {
  readonly 'version': '0';
  readonly 'id': string;
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'account': string;
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': string[];
  readonly 'detail': Record<string, unknown>;
}

const PutEvents = z.object({
  Entries: z.array(z.object({
    Source: z.string().min(1),
    DetailType: z.string().min(1),
    Detail: z.string().min(1),
    EventBusName: z.string().default('default'),
    Resources: z.array(z.string()).default([]),
    Time: timestamp.optional(),
  })).min(1).max(10),
});
type Entry = z.output<typeof PutEvents>['Entries'][number];

/** The default bus: takes events, and hands them to those who listen. */
export class EventBridge {
  /** Every event put, oldest first. */
  readonly events: BusEvent[] = [];
  private readonly listeners: ((event: BusEvent) => void)[] = [];

  constructor(private readonly location: Location, private readonly clock: () => Date) {}

  /** Calls back with each event as it is put. */
  onEvent(listener: (event: BusEvent) => void): void {
    this.listeners.push(listener);
  }

  readonly operations: Record<string, Operation> = {
    PutEvents: operation(
      PutEvents,
      input => input.Entries.map(entry => ({
        action: 'events:PutEvents',
        resource: regionalArn(this.location, 'events', `event-bus/${entry.EventBusName}`),
        conditions: { 'events:source': entry.Source, 'events:detail-type': entry.DetailType },
      })),
      input => this.putEvents(input.Entries),
    ),
  };

  private putEvents(entries: Entry[]): unknown {
    const size = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.Source + entry.DetailType + entry.Detail), 0);
    if (size > MAXIMUM_BYTES) throw new AwsError('ValidationException', `Total size of the entries in the request is over the limit: ${size} > ${MAXIMUM_BYTES} bytes`);
    const results = entries.map(entry => this.put(entry));
    return { FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results };
  }

  private put(entry: Entry): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
    const detail = jsonObject(entry.Detail);
    if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event: BusEvent = {
      'version': '0',
      'id': `00000000-0000-4000-8000-${String(this.events.length + 1).padStart(12, '0')}`,
      'detail-type': entry.DetailType,
      'source': entry.Source,
      'account': this.location.account,
      'time': `${(entry.Time ?? this.clock()).toISOString().slice(0, 19)}Z`,
      'region': this.location.region,
      'resources': entry.Resources,
      detail,
    };
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
    return { EventId: event.id };
  }
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
