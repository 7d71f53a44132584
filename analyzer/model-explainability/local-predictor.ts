import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import { EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { clipWords } from './model-words';
import { Predictor } from './predictor';
import { TransientFailure } from './transient-failure';

/** How long a container may take, in SageMaker and here. */
const TIMEOUT_MS = 60_000;

/** A model's container that is reached directly, as SageMaker itself reaches it. */
export class LocalPredictor implements Predictor {
  private readonly url: URL;

  /** @param url of the container, with or without `/invocations`. */
  constructor(url: string, private readonly timeoutMs = TIMEOUT_MS) {
    if (!URL.canParse(url) || !/^https?:/.test(url)) throw new AnalyzerError(`the model's address is "${url}"; it must be a URL such as http://localhost:8080/invocations`);
    this.url = new URL(url);
    if (this.url.pathname === '/') this.url.pathname = '/invocations';
  }

  async invoke(body: string, contentType: string, acceptType: string): Promise<string> {
    const { ok, status, text } = await this.post(body, {
      'content-type': contentType,
      'accept': acceptType,
      // As SageMaker hands it on; who captures these requests knows them by it.
      'x-amzn-sagemaker-inference-id': EXPLANATION_INFERENCE_ID_PREFIX + randomUUID(),
    });
    if (ok) return text;
    const message = `the model at ${this.url.href} answered ${status}: ${clipWords(text)}`;
    throw status === 429 || status >= 500 ? new TransientFailure(message) : new AnalyzerError(message);
  }

  private async post(body: string, headers: Readonly<Record<string, string>>): Promise<{ ok: boolean; status: number; text: string }> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await fetch(this.url, { method: 'POST', body, headers, signal });
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (error) {
      throw new TransientFailure(`the model at ${this.url.href} gave no answer: ${signal.aborted ? `it took more than ${this.timeoutMs / 1000} s` : reasonOf(error)}`);
    }
  }
}

/** fetch() says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) && error.cause.message !== '' ? error.cause.message : error.message;
}
