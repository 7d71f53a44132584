import { randomUUID } from 'node:crypto';
import { InvokeEndpointCommand, ModelError, SageMakerRuntimeClient, SageMakerRuntimeServiceException } from './sagemaker-runtime.js';
import { EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { clipWords } from './model-words';
import { Predictor } from './predictor';
import { TransientFailure } from './transient-failure';

/** Failures below HTTP that pass, by their codes in Node.js. */
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'];

/** A SageMaker endpoint in service. */
export class EndpointPredictor implements Predictor {
  /** Whoever calls it tries again, at its own pace. */
  private readonly client = new SageMakerRuntimeClient({ maxAttempts: 1 });

  constructor(private readonly endpoint: string) {}

  async invoke(body: string, contentType: string, acceptType: string): Promise<string> {
    try {
      const answer = await this.client.send(new InvokeEndpointCommand({
        EndpointName: this.endpoint,
        Body: body,
        ContentType: contentType,
        Accept: acceptType,
        InferenceId: EXPLANATION_INFERENCE_ID_PREFIX + randomUUID(),
      }));
      return answer.Body.transformToString();
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  private failureOf(error: unknown): AnalyzerError {
    const message = `endpoint ${this.endpoint}: ${messageOf(error)}`;
    return isTransient(error) ? new TransientFailure(message) : new AnalyzerError(message);
  }
}

/** The model's own words where it is the model that failed. */
function messageOf(error: unknown): string {
  if (error instanceof ModelError) return `the model answered ${error.OriginalStatusCode ?? 'an error'}: ${clipWords(error.OriginalMessage ?? error.message)}`;
  return error instanceof Error ? `${error.name}: ${clipWords(error.message)}` : String(error);
}

function isTransient(error: unknown): boolean {
  if (error instanceof ModelError) return isTransientStatus(error.OriginalStatusCode ?? 500);
  if (error instanceof SageMakerRuntimeServiceException) {
    return error.name.includes('Throttl') || isTransientStatus(error.$metadata.httpStatusCode ?? 500);
  }
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || ('code' in error && NETWORK_CODES.includes(String(error.code)));
}

function isTransientStatus(status: number): boolean {
  return status === 429 || status >= 500;
}
