import { ModelQualityStatistics } from '../../lib/contract';
import { Observation } from '../observation/observation';

/** How well predictions agree with their labels, counted row by row. */
export interface Quality {
  /** Rows counted. */
  readonly rows: number;
  /** The label that every row has, if there is no other: nothing can be learned from such rows. */
  readonly onlyLabel: string | undefined;
  /** Reads a row; what is returned counts it, where it has a label. Throws a Rejection that says what is wrong with the row. */
  read(observation: Observation): () => void;
  statistics(): ModelQualityStatistics;
}
