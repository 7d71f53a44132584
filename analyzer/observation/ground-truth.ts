import { statSync } from 'node:fs';
import path from 'node:path';
import { GroundTruthRecord, RecordCounts } from '../../lib/contract';
import { folderOf, listFiles, sizeOf } from '../input/files';
import { Line, readLines } from '../input/lines';
import { payloadRows } from '../input/payload';
import { Origin, Rejection, Row } from '../input/row';
import { beginPhase } from '../progress';
import { LabelText, LabelTexts } from './label-texts';

/** What became known of the requests, by inferenceId or eventId, as one monitor asks for it. */
export class Labels {
  private readonly isMatched: boolean[] = [];
  private matched = 0;

  constructor(private readonly texts = new LabelTexts()) {}

  /** The same labels, of which nobody has asked for any yet: what one monitor matched says nothing of another's window. */
  unasked(): Labels {
    return new Labels(this.texts);
  }

  /** The last one of an id counts. */
  add(id: string, label: LabelText): void {
    this.texts.add(id, label);
  }

  /** The label of each row of a request; `undefined` where it has none yet. */
  rowsOf(id: string): readonly Row[] | undefined {
    const place = this.texts.placeOf(id);
    const label = place === undefined ? undefined : this.texts.at(place);
    if (place === undefined || label === undefined) return undefined;
    if (this.isMatched[place] !== true) this.matched++;
    this.isMatched[place] = true;
    return labelRows(label);
  }

  /** Labels that were of no use: replaced by a later one of the same id, or of requests that nobody asked for. */
  get counts(): Required<Pick<RecordCounts, 'duplicatedLabels' | 'unmatchedLabels'>> {
    return { duplicatedLabels: this.texts.repeated, unmatchedLabels: this.texts.size - this.matched };
  }
}

/** Reads the ground-truth files of a folder, at any depth, or one file; none holds no labels. Lines that are no label go to `reject`. */
export async function readGroundTruth(folder: string, reject?: (origin: Origin, reason: string) => void): Promise<Labels> {
  const labels = new Labels();
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return labels;
  beginPhase({ doing: `reading labels in ${folder}`, total: { count: sizeOf(folder), unit: 'bytes' } });
  for (const file of listFiles(folder)) {
    for await (const lines of readLines(path.join(folderOf(folder), file), file)) {
      for (const line of lines) readLine(line, labels, reason => reject?.(line, reason));
    }
  }
  return labels;
}

function readLine(line: Line, labels: Labels, reject: (reason: string) => void): void {
  try {
    if (!line.isReadable) throw new Rejection('line is not UTF-8');
    const { groundTruthData: { data, encoding }, eventMetadata } = parseRecord(line.record);
    labelRows({ data, encoding });
    labels.add(idOf(eventMetadata), { data, encoding });
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    reject(error.message);
  }
}

/** As a captured request's: the caller's inferenceId, else the eventId. */
function idOf({ eventId, inferenceId }: GroundTruthRecord['eventMetadata']): string {
  return typeof inferenceId === 'string' && inferenceId !== '' ? inferenceId : eventId;
}

function parseRecord(line: string): GroundTruthRecord {
  let record: Partial<GroundTruthRecord> | null;
  try {
    record = JSON.parse(line) as typeof record;
  } catch {
    throw new Rejection('line is not valid JSON');
  }
  const { data, encoding } = { ...record?.groundTruthData } as Partial<LabelText>;
  if (typeof data !== 'string') throw new Rejection('groundTruthData.data is missing or no string');
  if (encoding !== 'CSV' && encoding !== 'JSON') throw new Rejection('groundTruthData.encoding is neither CSV nor JSON');
  const eventId: unknown = record?.eventMetadata?.eventId;
  if (typeof eventId !== 'string' || eventId === '') throw new Rejection('eventMetadata.eventId is missing or no string');
  return record as GroundTruthRecord;
}

function labelRows(label: LabelText): readonly Row[] {
  return payloadRows('groundTruthData', label);
}
