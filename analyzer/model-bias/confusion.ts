/** A cell of the table of labels against predictions. */
export const CONFUSION_CELLS = ['truePositives', 'falsePositives', 'falseNegatives', 'trueNegatives'] as const;

type Cells = Readonly<Record<(typeof CONFUSION_CELLS)[number], number>>;

/** How many rows have which label and which prediction, both positive or negative. */
export class Confusion {
  static readonly EMPTY = new Confusion({ truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 });

  constructor(private readonly cells: Cells) {}

  get truePositives(): number {
    return this.cells.truePositives;
  }

  get falsePositives(): number {
    return this.cells.falsePositives;
  }

  get falseNegatives(): number {
    return this.cells.falseNegatives;
  }

  get trueNegatives(): number {
    return this.cells.trueNegatives;
  }

  get rows(): number {
    return this.positives + this.negatives;
  }

  get positives(): number {
    return this.truePositives + this.falseNegatives;
  }

  get negatives(): number {
    return this.trueNegatives + this.falsePositives;
  }

  get predictedPositives(): number {
    return this.truePositives + this.falsePositives;
  }

  get predictedNegatives(): number {
    return this.trueNegatives + this.falseNegatives;
  }

  /** This table with so many more rows in one cell. */
  with(cell: keyof Cells, rows: number): Confusion {
    return new Confusion({ ...this.cells, [cell]: this.cells[cell] + rows });
  }

  plus(other: Confusion): Confusion {
    return new Confusion({
      truePositives: this.truePositives + other.truePositives,
      falsePositives: this.falsePositives + other.falsePositives,
      falseNegatives: this.falseNegatives + other.falseNegatives,
      trueNegatives: this.trueNegatives + other.trueNegatives,
    });
  }
}
