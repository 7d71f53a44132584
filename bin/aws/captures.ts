import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { capturedData } from '../../lambda/start-monitoring-execution/captured-data';
import { capturedWindows, executionsOf } from '../../lambda/start-monitoring-execution/executions';
import { S3Files } from '../../lambda/shared/s3-files';
import { ScheduleConfig, Window } from '../../lib/contract';

/** Whether a job of a window would find anything to analyse, as the handler that starts it sees it; who may not look is let through. */
export async function hasCaptures(schedule: ScheduleConfig, window: Window): Promise<boolean> {
  const files = new S3Files(new S3Client({ followRegionRedirects: true }));
  try {
    for (const { config } of executionsOf({ schedule, window })) {
      if (await capturedData(files, schedule.capture, capturedWindows(config)) !== undefined) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) return true;
    throw error;
  }
}
