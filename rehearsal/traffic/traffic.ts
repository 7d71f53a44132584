import { CaptureRecord } from '../../lib/contract';
import { PlantedDrift } from './planted-drift';
import { Random } from './random';
import { csvLine, Row, Table } from './row';

/** What one request and its answer held; the time is the endpoint's to give. */
export interface Exchange {
  readonly input: string;
  readonly output: string;
  /** What turns out to be true, later. */
  readonly label?: string;
}

/** A captured line that is replayed as it is, but for its time. */
export interface RecordedLine {
  readonly line: string;
}

/** Requests to the endpoint, hour by hour. */
export interface Traffic {
  hour(index: number): readonly (Exchange | RecordedLine)[];
}

/** Which columns a request holds, and which the answer. */
export interface Columns {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** Drift that sets in after some calm hours. */
export interface DriftPlan {
  readonly calmHours: number;
  readonly planted: readonly PlantedDrift[];
}

/** Rows drawn at random from a table, mostly the training data: what production looks like while nothing changes. */
export class SampledTraffic implements Traffic {
  constructor(private readonly options: {
    readonly table: Table; readonly columns: Columns; readonly recordsPerHour: number; readonly plan: DriftPlan; readonly seed: number;
  }) {}

  public hour(index: number): readonly Exchange[] {
    const { table, columns, recordsPerHour, plan, seed } = this.options;
    const random = new Random(seed * 1000 + index);
    return planted(random.sample(table.rows, recordsPerHour), index, plan, random).map(row => exchange(row, columns));
  }
}

/** The rows of a table in their order, spread evenly over some hours. */
export class TableTraffic implements Traffic {
  constructor(private readonly options: {
    readonly table: Table; readonly columns: Columns; readonly hours: number; readonly plan: DriftPlan; readonly seed: number;
  }) {}

  public hour(index: number): readonly Exchange[] {
    const { table, columns, hours, plan, seed } = this.options;
    return planted(slice(table.rows, index, hours), index, plan, new Random(seed * 1000 + index)).map(row => exchange(row, columns));
  }
}

/** Captured lines in their order, spread evenly over some hours; the malformed ones too. */
export class CapturedTraffic implements Traffic {
  constructor(private readonly lines: readonly string[], private readonly hours: number) {}

  public hour(index: number): readonly RecordedLine[] {
    return slice(this.lines, index, this.hours).map(line => ({ line }));
  }
}

/** The line with another time; one that is no capture record stays as it is. */
export function retimed(line: string, inferenceTime: string): string {
  const record = parsed(line);
  if (typeof record?.eventMetadata !== 'object') return line;
  return JSON.stringify({ ...record, eventMetadata: { ...record.eventMetadata, inferenceTime } });
}

function parsed(line: string): Partial<CaptureRecord> | undefined {
  try {
    return JSON.parse(line) as Partial<CaptureRecord>;
  } catch {
    return undefined;
  }
}

function slice<T>(items: readonly T[], index: number, parts: number): readonly T[] {
  return items.slice(Math.floor((items.length * index) / parts), Math.floor((items.length * (index + 1)) / parts));
}

function planted(rows: readonly Row[], hour: number, plan: DriftPlan, random: Random): readonly Row[] {
  return hour < plan.calmHours ? rows : plan.planted.reduce((changed, drift) => drift.apply(changed, random), rows);
}

function exchange(row: Row, columns: Columns): Exchange {
  return { input: csvLine(row, columns.input), output: csvLine(row, columns.output) };
}

/** Another traffic, but for some hours in which nobody asks. */
export class QuietHours implements Traffic {
  constructor(private readonly traffic: Traffic, private readonly hours: readonly number[]) {}

  public hour(index: number): readonly (Exchange | RecordedLine)[] {
    return this.hours.includes(index) ? [] : this.traffic.hour(index);
  }
}
