import { ListedObject, S3Files } from '../shared/s3-files';

/** The object, or the newest one of a folder. Events come late, twice and out of order: they say only that this has to be looked at. */
export async function newestObject(files: S3Files, datasetUri: string): Promise<ListedObject | undefined> {
  const listed = await files.listObjects(datasetUri);
  const objects = datasetUri.endsWith('/') ? listed.filter(({ uri }) => !uri.endsWith('/')) : listed.filter(({ uri }) => uri === datasetUri);
  // Keys come in their order, and sorting keeps it: of two that were written in one second the later key is taken.
  return objects.sort((one, other) => one.lastModified.getTime() - other.lastModified.getTime()).at(-1);
}
