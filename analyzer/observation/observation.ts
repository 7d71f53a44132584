import { CapturedRequest } from '../input/captured-request';
import { Rejection, Row } from '../input/row';
import type { Labels } from './ground-truth';

/** One row that the model was asked about, its prediction, and its label where that is known; in a dataset all three are the same row. */
export interface Observation {
  readonly input: Row;
  readonly output: Row;
  readonly label: Row | undefined;
}

/** A row of a dataset that holds the prediction and the label beside the features. */
export function observationOf(row: Row): Observation {
  return { input: row, output: row, label: row };
}

/** The rows of a captured request, with their labels. Throws a Rejection when answers and labels are not equally many. */
export function observationsOf(request: CapturedRequest, labels: Labels): Observation[] {
  const outputs = request.rows('endpointOutput');
  const rows = labels.rowsOf(request.id);
  const labelRows = rows && inRows(rows, outputs.length);
  return outputs.map((output, index) => new CapturedObservation(request, index, output, outputs.length, labelRows?.[index]));
}

/** Reads its input only when it is asked for: an endpoint may capture its answers alone. */
class CapturedObservation implements Observation {
  constructor(
    private readonly request: CapturedRequest, private readonly index: number,
    readonly output: Row, private readonly rows: number, readonly label: Row | undefined,
  ) {}

  get input(): Row {
    const inputs = this.request.rows('endpointInput');
    const input = inputs[this.index];
    if (input === undefined || inputs.length !== this.rows) throw new Rejection(`endpointInput has ${inputs.length} rows, endpointOutput ${this.rows}`);
    return input;
  }
}

/** A label a row; several rows may have theirs in one line or one flat array. */
function inRows(labels: readonly Row[], rows: number): readonly Row[] {
  const [only] = labels;
  const spread = labels.length === 1 && only !== undefined && rows > 1 && only.cells.length === rows
    ? only.cells.map((cell, index) => ({ names: [only.names[index]], cells: [cell] }))
    : labels;
  if (spread.length !== rows) throw new Rejection(`the ground truth has ${spread.length} rows, endpointOutput ${rows}`);
  return spread;
}
