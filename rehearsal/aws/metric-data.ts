import * as z from 'zod';
import { AwsError } from './aws-error';
import { Datapoint } from './alarm-evaluation';
import { timestamp } from './operation';

const HOUR = 3_600_000;
/** CloudWatch takes points up to two weeks old and two hours ahead. */
const OLDEST = 14 * 24 * HOUR;
const NEWEST = 2 * HOUR;
const LARGEST = 2 ** 360;

const ascii = z.string().min(1).regex(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/, 'must be ASCII and not blank');
const asciiName = ascii.max(255);
const value = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])], 'must be a number').transform(Number);

const Dimensions = z.array(z.strictObject({
  Name: asciiName.regex(/^[^:]/, 'must not start with a colon'),
  Value: ascii.max(1024),
})).max(30).default([]);

const Datum = z.strictObject({
  MetricName: asciiName,
  Dimensions,
  Timestamp: timestamp.optional(),
  Value: value.optional(),
  StatisticValues: z.strictObject({ SampleCount: value, Sum: value, Minimum: value, Maximum: value }).optional(),
  Unit: z.enum(['Seconds', 'Milliseconds', 'Count', 'Percent', 'Bytes', 'None']).optional(),
  StorageResolution: z.union([z.literal(1), z.literal(60)]).optional(),
});

/** The shape of a PutMetricData request. */
export const PutMetricData = z.strictObject({
  Namespace: asciiName.regex(/^[^:]/, 'must not start with a colon'),
  MetricData: z.array(Datum).min(1).max(1000),
});

/** The shape of a GetMetricStatistics request. */
export const GetMetricStatistics = z.strictObject({
  Namespace: asciiName,
  MetricName: asciiName,
  Dimensions,
  StartTime: timestamp,
  EndTime: timestamp,
  Period: z.number().int().multipleOf(60),
  Statistics: z.array(z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'])).min(1).max(5),
});

/** Dimensions by name. */
export function dimensionsOf(dimensions: z.output<typeof Dimensions>): Record<string, string> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

type MetricDatum = z.output<typeof Datum>;

/** A datum as a point, or the error with which CloudWatch refuses the whole call. */
export function toDatapoint(datum: MetricDatum, now: Date): Datapoint {
  const { MetricName: name, Value, StatisticValues } = datum;
  const stamp = datum.Timestamp ?? now;
  const age = now.getTime() - stamp.getTime();
  if (age > OLDEST || -age > NEWEST) {
    throw invalid(`The parameter Timestamp of ${name} must specify a time within the past two weeks and no more than two hours in the future: ${stamp.toISOString()}`);
  }
  if ((Value === undefined) === (StatisticValues === undefined)) {
    throw new AwsError('InvalidParameterCombination', `${name} must have either Value or StatisticValues.`);
  }
  for (const number of StatisticValues ? Object.values(StatisticValues) : [Value]) {
    if (number === undefined || Number.isNaN(number) || Math.abs(number) > LARGEST) throw invalid(`The value ${String(number)} of ${name} is not a number between -2^360 and 2^360.`);
  }
  if (!StatisticValues) {
    const single = Value as number;
    return { timestamp: stamp, sum: single, minimum: single, maximum: single, sampleCount: 1 };
  }
  const { Sum: sum, Minimum: minimum, Maximum: maximum, SampleCount: sampleCount } = StatisticValues;
  if (minimum > maximum || sampleCount <= 0) throw invalid(`The statistic set of ${name} is impossible.`);
  return { timestamp: stamp, sum, minimum, maximum, sampleCount };
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);
