import {
  CreateEndpointCommand, CreateEndpointConfigCommand, DeleteEndpointCommand, DeleteEndpointConfigCommand, DescribeEndpointCommand,
  DescribeEndpointConfigCommand, DescribeModelCommand, SageMakerClient, waitUntilEndpointInService,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient, SageMakerRuntimeServiceException } from '@aws-sdk/client-sagemaker-runtime';
import { WireRequest, WireResponse } from '../../rehearsal/aws/exchange';
import { HttpServer } from '../../rehearsal/aws/http-server';

/** An endpoint like another, made as Clarify makes it, in the name of the job's role. Whoever asks the other by its URL, asks the copy. */
export class EndpointCopy {
  /** Makes it, and waits for it. */
  public static async of(endpointName: string, copyName: string): Promise<EndpointCopy> {
    const client = new SageMakerClient({});
    const { EndpointConfigName } = await client.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
    const { ProductionVariants } = await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
    for (const { ModelName } of ProductionVariants ?? []) await client.send(new DescribeModelCommand({ ModelName }));
    await client.send(new CreateEndpointConfigCommand({ EndpointConfigName: copyName, ProductionVariants }));
    await client.send(new CreateEndpointCommand({ EndpointName: copyName, EndpointConfigName: copyName }));
    await waitUntilEndpointInService({ client, maxWaitTime: 300, minDelay: 1 }, { EndpointName: copyName });
    const copy = new EndpointCopy(client, copyName);
    copy.url = await copy.server.listen();
    return copy;
  }

  /** Where SageMaker's runtime seems to be. */
  public url = '';
  private readonly server = new HttpServer(request => this.ask(request));
  private readonly runtime = new SageMakerRuntimeClient({});

  private constructor(private readonly client: SageMakerClient, private readonly name: string) {}

  /** Deletes it. */
  public async delete(): Promise<void> {
    await this.server.close();
    await this.client.send(new DeleteEndpointCommand({ EndpointName: this.name }));
    await this.client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: this.name }));
  }

  /** The same question, signed for the copy. */
  private async ask({ body, headers: { 'content-type': ContentType, accept: Accept } }: WireRequest): Promise<WireResponse> {
    try {
      const answer = await this.runtime.send(new InvokeEndpointCommand({ EndpointName: this.name, Body: body, ContentType, Accept }));
      return { status: 200, headers: { 'content-type': answer.ContentType ?? '' }, body: answer.Body.transformToString() };
    } catch (error) {
      const { name, message, $metadata } = error as SageMakerRuntimeServiceException;
      return { status: $metadata.httpStatusCode ?? 500, headers: { 'x-amzn-errortype': name }, body: JSON.stringify({ message }) };
    }
  }
}
