import { CloudFormationClient, DescribeStacksCommand, paginateDescribeStackEvents, paginateListStackResources, StackEvent } from '@aws-sdk/client-cloudformation';
import { EmulatorProcess } from './emulator-process';

/** What CloudFormation knows of a stack. */
export class StackState {
  private readonly cloudFormation: CloudFormationClient;

  /** @param stack its name, or its ARN, by which it is known also when it is gone. */
  constructor(emulator: EmulatorProcess, private readonly stack: string) {
    this.cloudFormation = new CloudFormationClient(emulator.client);
  }

  /** Its ARN. */
  public async arn(): Promise<string> {
    const { Stacks: [found] = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.stack }));
    return found?.StackId ?? '';
  }

  /** Its state, such as UPDATE_COMPLETE. */
  public async status(): Promise<string> {
    const { Stacks: [found] = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.stack }));
    return found?.StackStatus ?? '';
  }

  /** Physical ids of its resources of a type. */
  public async physicalIds(type: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client: this.cloudFormation }, { StackName: this.stack })) {
      ids.push(...StackResourceSummaries.filter(({ ResourceType }) => ResourceType === type).map(({ PhysicalResourceId }) => PhysicalResourceId ?? ''));
    }
    return ids.sort();
  }

  /** Types of the resources whose last event was of a status. */
  public async typesThatEndedAs(status: string): Promise<string[]> {
    const last = new Map<string, StackEvent>();
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client: this.cloudFormation }, { StackName: this.stack })) {
      // The newest come first.
      for (const event of StackEvents) if (!last.has(event.LogicalResourceId ?? '')) last.set(event.LogicalResourceId ?? '', event);
    }
    return [...last.values()].filter(({ ResourceStatus }) => ResourceStatus === status).map(({ ResourceType = '' }) => ResourceType).sort();
  }
}
