import { Annotations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/** How CDK calls what makes a bucket's notifications. */
const MADE_BY_CDK = 'Notifications';

/**
 * Has S3 tell EventBridge of the objects of a bucket. A bucket of the app has a property for that; where CDK's own function makes its notifications,
 * which would take the property back, that function is asked. Another's bucket is its owner's to change.
 */
export function notifyEventBridge(scope: IConstruct, bucket: s3.IBucket): void {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof s3.CfnBucket)) {
    Annotations.of(scope).addWarningV2('cdk-model-monitor:watchedBucketNotifications',
      'no newer dataset is noticed unless S3 tells EventBridge of new objects in this bucket, which is not of this app: '
      + 'turn on "Send notifications to Amazon EventBridge" in its properties');
    return;
  }
  if (bucket.node.tryFindChild(MADE_BY_CDK) !== undefined) {
    bucket.enableEventBridgeNotification();
    return;
  }
  resource.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
  scope.node.addValidation({ validate: () => bucket.node.tryFindChild(MADE_BY_CDK) === undefined
    ? []
    : [
        `${bucket.node.path} was given notifications after its dataset was watched, which would take EventBridge's away: create the bucket with eventBridgeEnabled: true`,
      ] });
}
