import { CaptureSource, GroundTruthRecord, hourPath, TransformSource } from '../../lib/contract';
import { UnplayableError } from '../assembly/unplayable-error';
import { CaptureFile, inferenceTime, uuid } from './capture-file';
import { Exchange, RecordedLine, Traffic } from './traffic';

const HOUR = 3_600_000;
/** A job begins some minutes after the hour. */
const BEGINNING = 5 * 60_000;

/** What is transformed, when, and where it lies. */
export interface TransformStreamOptions {
  readonly source: CaptureSource & { readonly transform: TransformSource };
  readonly traffic: Traffic;
  readonly start: Date;
  readonly hours: number;
}

/** The batch transform jobs of some hours, one in each: what they read, what they write, and the manifests that they capture. */
export class TransformStream {
  private hour = 0;

  constructor(private readonly options: TransformStreamOptions) {
    if (options.source.transform.encoding !== 'CSV') throw new UnplayableError('batch transform jobs of JSON lines: the rehearsal has rows of CSV alone');
  }

  /** The files of the hours that have ended by an instant and were not given before. */
  public closedBy(instant: Date): CaptureFile[] {
    const { start, hours } = this.options;
    const files: CaptureFile[] = [];
    for (; this.hour < hours && start.getTime() + (this.hour + 1) * HOUR <= instant.getTime(); this.hour++) files.push(...this.job(this.hour));
    return files;
  }

  private job(index: number): CaptureFile[] {
    const { source: { uri, transform }, start, traffic } = this.options;
    const began = start.getTime() + index * HOUR + BEGINNING;
    const rows = traffic.hour(index).map((item, row) => ({ ...exchanged(item), id: uuid(`transformed ${began} ${row}`) }));
    if (rows.length === 0) return [];
    const name = `${inferenceTime(began).replace(/\D/g, '')}.csv`;
    const written = rows.map(({ input, output, id }) => [...transform.joinsInput ? [input] : [], output, id, inferenceTime(began)].join(','));
    const labels = rows.flatMap(({ id, label }): GroundTruthRecord[] =>
      label === undefined ? [] : [{ groundTruthData: { data: label, encoding: 'CSV' }, eventMetadata: { eventId: id }, eventVersion: '0' }]);
    const captured = (side: string, folder: string | undefined, file: string, lines: readonly string[]): CaptureFile[] => {
      if (folder === undefined) return [];
      const manifest = `${uri}/${side}/${hourPath(new Date(began))}/${uuid(`job ${began}`)}.json`;
      return [
        { uri: `${folder}/${file}`, body: `${lines.join('\n')}\n`, records: lines.length, labels: side === 'output' ? labels : [] },
        { uri: manifest, body: JSON.stringify([{ prefix: `${folder}/` }, file]), records: 0, labels: [] },
      ];
    };
    return [...captured('input', transform.inputUri, name, rows.map(({ input }) => input)), ...captured('output', transform.outputUri, `${name}.out`, written)];
  }
}

function exchanged(item: Exchange | RecordedLine): Exchange {
  if ('line' in item) throw new UnplayableError('captured records as what a batch transform job reads: give rows of CSV with --traffic');
  return item;
}
