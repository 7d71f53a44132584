import { AlarmStatistic, MetricAlarm, MetricStat, parseMetricMath, UnplayedMathError } from '../aws';
import { INVOCATIONS } from './invocations';

/** The properties of `AWS::CloudWatch::Alarm` that say what it watches. */
export interface WatchedProperties extends MetricProperties {
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number | string;
  readonly Metrics?: readonly QueryProperties[];
}

interface MetricProperties {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface QueryProperties {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: { readonly Metric: MetricProperties; readonly Period: number | string; readonly Stat: string };
}

type Watched = Pick<MetricAlarm, 'metrics' | 'expressions' | 'period'>;
type Expression = NonNullable<MetricAlarm['expressions']>[number];

const STATISTICS: readonly string[] = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] satisfies AlarmStatistic[];
/** Metrics of AWS' own services have namespaces that begin so; nothing here publishes them but for the count of invocations. */
const SERVICE_NAMESPACE = /^AWS\//;

/**
 * What an alarm watches: a metric, or an expression over several.
 *
 * @throws UnplayedMathError when it is something that the rehearsal does not play.
 */
export function readWatched(properties: WatchedProperties): Watched {
  const { ExtendedStatistic, Metrics: queries, Period, Statistic } = properties;
  if (queries === undefined) return { metrics: [metricStat('m1', properties, Statistic ?? ExtendedStatistic ?? 'no statistic')], period: Number(Period) };
  const metrics = queries.flatMap(({ Id, MetricStat: stat }) => stat === undefined ? [] : [metricStat(Id, stat.Metric, stat.Stat)]);
  const [period, ...others] = new Set(queries.flatMap(({ MetricStat: stat }) => stat === undefined ? [] : [Number(stat.Period)]));
  if (period === undefined || others.length > 0) throw new UnplayedMathError('metrics of different periods');
  const watched = queries.find(({ ReturnData }) => ReturnData !== false);
  const single = metrics.find(({ id }) => id === watched?.Id);
  return single === undefined ? { metrics, expressions: inOrder(queries, watched?.Id), period } : { metrics: [single], period };
}

function metricStat(id: string, { Dimensions = [], MetricName, Namespace }: MetricProperties, statistic: string): MetricStat {
  if (MetricName === undefined || Namespace === undefined) throw new UnplayedMathError('something that is no metric');
  if (SERVICE_NAMESPACE.test(Namespace) && !isCounted(Namespace, MetricName)) throw new UnplayedMathError(`a metric of ${Namespace}`);
  if (!isStatistic(statistic)) throw new UnplayedMathError(statistic);
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { id, namespace: Namespace, metricName: MetricName, dimensions, statistic };
}

function isCounted(namespace: string, metricName: string): boolean {
  return namespace === INVOCATIONS.namespace && metricName === INVOCATIONS.metricName;
}

function isStatistic(statistic: string): statistic is AlarmStatistic {
  return STATISTICS.includes(statistic);
}

/** Expressions after those that they name; the one that is watched comes last. */
function inOrder(queries: readonly QueryProperties[], watched: string | undefined): Expression[] {
  const expressions = new Map(queries.flatMap(({ Id, Expression }) => Expression === undefined ? [] : [[Id, parseMetricMath(Expression)] as const]));
  const ordered = new Map<string, Expression>();
  const add = (id: string): void => {
    const math = expressions.get(id);
    if (math === undefined || ordered.has(id)) return;
    for (const needed of math.ids) if (needed !== id) add(needed);
    ordered.set(id, { id, math });
  };
  if (watched !== undefined) add(watched);
  return [...ordered.values()];
}
