import { BaselineFiles } from '../../lib/contract';
import { S3Files } from '../shared/s3-files';

/** Files of a baseline that are not there. */
export async function missingFiles(files: S3Files, { statisticsUri, constraintsUri }: BaselineFiles): Promise<string[]> {
  const found = await files.list(constraintsUri.slice(0, constraintsUri.lastIndexOf('/') + 1));
  return [statisticsUri, constraintsUri].filter(uri => uri !== undefined).filter(uri => !found.includes(uri));
}
