import { Traffic } from '../traffic/traffic';
import { Span } from './calendar';
import { Stage } from './stage';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Where SageMaker counts what an endpoint is asked. */
export const INVOCATIONS = { namespace: 'AWS/SageMaker', metricName: 'Invocations' } as const;

/** A variant of an endpoint, and what it is asked when. */
interface AskedVariant {
  readonly endpointName: string;
  readonly variantName: string;
  readonly spans: readonly (Span & { readonly traffic: Traffic })[];
}

/** SageMaker's own count of what an endpoint is asked, by the minute; requests come evenly. */
export class Invocations {
  constructor(private readonly stage: Stage, private readonly variant: AskedVariant) {}

  /** Counts an hour as it begins: an alarm sees no minute before it has passed. */
  public count(hour: Date): void {
    const { endpointName, variantName } = this.variant;
    const requests = this.requests(hour);
    const sumUntil = (minute: number): number => Math.floor(requests * minute / 60);
    const data = Array.from({ length: 60 }, (_, minute) => ({
      MetricName: INVOCATIONS.metricName,
      Dimensions: [{ Name: 'EndpointName', Value: endpointName }, { Name: 'VariantName', Value: variantName }],
      Timestamp: (hour.getTime() + minute * MINUTE) / 1000,
      Value: sumUntil(minute + 1) - sumUntil(minute),
    })).filter(({ Value }) => Value > 0);
    if (data.length > 0) this.stage.aws.cloudWatch.operations.PutMetricData?.run({ Namespace: INVOCATIONS.namespace, MetricData: data });
  }

  private requests(hour: Date): number {
    const span = this.variant.spans.find(({ start, hours }) => hour >= start && hour.getTime() < start.getTime() + hours * HOUR);
    return span?.traffic.hour((hour.getTime() - span.start.getTime()) / HOUR).length ?? 0;
  }
}
