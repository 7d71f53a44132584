import { GroundTruthRecord } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';

export type LabelText = GroundTruthRecord['groundTruthData'];

/** Most entries of a Map. */
const MOST_LABELS = 2 ** 24;
/** So many different label texts are kept once, however often they come. */
const SHARED_TEXTS = 10_000;

/** The label of each request, as it was written, in numbered places. */
export class LabelTexts {
  /** Labels that a later one of the same id replaced. */
  repeated = 0;
  private readonly places = new Map<string, number>();
  private readonly texts: LabelText[] = [];
  private readonly shared = new Map<string, LabelText>();

  get size(): number {
    return this.texts.length;
  }

  /** The last one of an id counts. */
  add(id: string, label: LabelText): void {
    const place = this.places.get(id) ?? this.texts.length;
    if (place < this.texts.length) this.repeated++;
    else if (place === MOST_LABELS) throw new AnalyzerError(`the ground truth holds labels of more than ${MOST_LABELS} requests; shorten the label delay`);
    else this.places.set(id, place);
    this.texts[place] = this.share(label);
  }

  placeOf(id: string): number | undefined {
    return this.places.get(id);
  }

  at(place: number): LabelText | undefined {
    return this.texts[place];
  }

  private share(label: LabelText): LabelText {
    const key = label.encoding + label.data;
    const known = this.shared.get(key);
    if (known === undefined && this.shared.size < SHARED_TEXTS) this.shared.set(key, label);
    return known ?? label;
  }
}
