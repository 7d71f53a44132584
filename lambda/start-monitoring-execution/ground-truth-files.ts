import { Window, groundTruthHourUri } from '../../lib/contract';

const HOUR = 3_600_000;
const HOUR_FOLDER = 'hh/'.length;

/** Where labels lie. */
interface GroundTruthFolders {
  /** Folders of whole days, since a month has too many hours to list each. */
  readonly days: string[];
  /** Whether a file of theirs belongs to the window. */
  readonly isInWindow: (fileUri: string) => boolean;
}

/** Where the labels lie that were collected in a window. */
export function groundTruthFolders(uri: string, { start, end }: Window): GroundTruthFolders {
  const first = Date.parse(start);
  const count = (Date.parse(end) - first) / HOUR;
  const hours = Array.from({ length: count }, (_, index) => groundTruthHourUri(uri, new Date(first + index * HOUR)));
  const known = new Set(hours);
  return {
    days: [...new Set(hours.map(hour => hour.slice(0, -HOUR_FOLDER)))],
    isInWindow: file => known.has(file.slice(0, hours[0]?.length)) && !file.endsWith('/'),
  };
}
