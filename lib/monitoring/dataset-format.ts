import { DatasetFormat as ContainerDatasetFormat } from '../contract';

/** Properties of CSV. */
export interface CsvOptions {
  /**
   * Whether the first line names the columns; without it they are named `_c0`, `_c1` …
   *
   * @default true
   */
  readonly header?: boolean;
}

/** How a dataset is written down. */
export class DatasetFormat {
  /** Comma-separated values. */
  public static csv(options: CsvOptions = {}): DatasetFormat {
    return new DatasetFormat({ csv: { header: options.header ?? true } });
  }

  /** One JSON object a line. */
  public static jsonLines(): DatasetFormat {
    return new DatasetFormat({ json: { lines: true } });
  }

  /** Parquet. */
  public static parquet(): DatasetFormat {
    return new DatasetFormat({ parquet: {} });
  }

  /** @internal */
  public readonly _value: ContainerDatasetFormat;

  private constructor(value: ContainerDatasetFormat) {
    this._value = value;
  }
}
