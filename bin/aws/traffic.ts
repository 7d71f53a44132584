import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsFailure } from './failure';

/** As many as the SDK keeps connections. */
const MOST_IN_FLIGHT = 50;
/** An endpoint that refuses so many from the first on will not take the others. */
const HOPELESS = 10;

/** What is asked of an endpoint. */
export interface TrafficPlan {
  readonly endpoint: string;
  readonly contentType: string;
  /** One a request. */
  readonly bodies: readonly string[];
  /** Requests a second. */
  readonly rate: number;
  /** Inference ids are this and the number of the request, from 1. */
  readonly idPrefix: string;
}

/** Requests to an endpoint, at a rate, whatever it takes to answer them. */
export class Traffic {
  ok = 0;
  failed = 0;
  firstFailure?: string;
  /** Milliseconds of each answer. */
  readonly latencies: number[] = [];
  private readonly client = new SageMakerRuntimeClient({ maxAttempts: 1 });
  private readonly inFlight = new Set<Promise<void>>();

  constructor(private readonly plan: TrafficPlan) {}

  /** Sends all requests and waits for their answers; stops where none succeeds. */
  async send(): Promise<void> {
    const { bodies, rate } = this.plan;
    const began = performance.now();
    for (const [index, body] of bodies.entries()) {
      await sleep(Math.max(0, began + index * 1000 / rate - performance.now()));
      if (this.inFlight.size >= MOST_IN_FLIGHT) await Promise.race(this.inFlight);
      if (this.ok === 0 && this.failed >= HOPELESS) break;
      const request = this.ask(body, `${this.plan.idPrefix}-${index + 1}`).finally(() => { this.inFlight.delete(request); });
      this.inFlight.add(request);
    }
    await Promise.all(this.inFlight);
  }

  private async ask(body: string, id: string): Promise<void> {
    const { endpoint, contentType } = this.plan;
    const began = performance.now();
    try {
      const request = { EndpointName: endpoint, ContentType: contentType, Body: Buffer.from(body), InferenceId: id };
      await this.client.send(new InvokeEndpointCommand(request));
      this.latencies.push(performance.now() - began);
      this.ok++;
    } catch (error) {
      this.failed++;
      this.firstFailure ??= awsFailure(error) ?? String(error);
    }
  }
}
