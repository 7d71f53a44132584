import { Deployment } from '../assembly/deployment';
import { objectCreated } from '../aws';
import { Bus, sendTwice } from './bus';
import { Stage } from './stage';

/** How long S3 takes to tell of an object. */
const DELAY = 1000;

/** S3 tells EventBridge of objects where it is asked to; it may tell more than once, and here it always does, at once. */
export function tellOfObjects(stage: Stage, bus: Bus): void {
  const { aws: { s3 }, deployment, timeline } = stage;
  const asked = new Set(bucketsThatTell(deployment));
  s3.onCreated((bucket, key, object) => {
    if (!asked.has(bucket)) return;
    const environment = deployment.byName('AWS::S3::Bucket', bucket)?.stack.environment;
    if (environment === undefined) return;
    const event = objectCreated(environment, { bucket, key, etag: object.etag, size: object.body.length }, timeline.now());
    timeline.after(DELAY, async () => {
      await sendTwice(() => bus.send(event));
    });
  });
}

/** Names of the buckets that have it in their properties, or in what CDK's own function makes of them. */
function bucketsThatTell(deployment: Deployment): string[] {
  const buckets = deployment.resources('AWS::S3::Bucket').map(resource => ({ ...deployment.properties(resource), BucketName: deployment.physical(resource).name }));
  const notifications = deployment.resources('Custom::S3BucketNotifications').map(resource => deployment.properties(resource));
  return ([...buckets, ...notifications] as { BucketName: string; NotificationConfiguration?: { EventBridgeConfiguration?: unknown } }[])
    .filter(({ NotificationConfiguration }) => NotificationConfiguration?.EventBridgeConfiguration !== undefined)
    .map(({ BucketName }) => BucketName);
}
