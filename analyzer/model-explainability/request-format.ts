import { PredictorConfig } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Cell } from '../input/row';

/** A column as the model knows it. */
export interface Feature {
  readonly name: string;
  /** Whether its values are text, also those that look like numbers. */
  readonly isText: boolean;
}

/** Writes rows as the model wants them. Cells are written once; rows, of which there are many more, are put together of them. */
export class RequestFormat {
  private readonly writeCell: (cell: Cell, feature: Feature) => string;
  private readonly writeRow: (cells: readonly string[]) => string;
  private readonly writeBody: (rows: readonly string[]) => string;

  constructor({ contentType, contentTemplate, recordTemplate }: PredictorConfig, private readonly features: readonly Feature[]) {
    this.writeCell = contentType === 'text/csv' ? csvCell : jsonCell;
    switch (contentType) {
      case 'text/csv':
        // A missing value alone in its row is quoted, as a blank line would be no row.
        this.writeRow = cells => cells.join() || '""';
        this.writeBody = rows => rows.join('\n');
        break;
      case 'application/jsonlines':
        this.writeRow = this.rowTemplate('contentTemplate', contentTemplate ?? '{"features":$features}');
        this.writeBody = rows => rows.join('\n');
        break;
      case 'application/json': {
        const template = contentTemplate ?? '{"instances":$records}';
        requirePlaceholder('contentTemplate', template, ['$records']);
        this.writeRow = this.rowTemplate('recordTemplate', recordTemplate ?? '$features');
        this.writeBody = rows => template.replaceAll('$records', () => `[${rows.join()}]`);
      }
    }
  }

  cells(row: readonly Cell[]): string[] {
    return this.features.map((feature, index) => this.writeCell(row[index] ?? null, feature));
  }

  row(cells: readonly string[]): string {
    return this.writeRow(cells);
  }

  body(rows: readonly string[]): string {
    return this.writeBody(rows);
  }

  private rowTemplate(field: string, template: string): (cells: readonly string[]) => string {
    requirePlaceholder(field, template, ['$features', '$features_kvp']);
    const names = this.features.map(({ name }) => JSON.stringify(name));
    const written: Readonly<Record<string, (cells: readonly string[]) => string>> = {
      $feature_names: () => `[${names.join()}]`,
      $features_kvp: cells => `{${cells.map((cell, index) => `${names[index] ?? ''}:${cell}`).join()}}`,
      $features: cells => `[${cells.join()}]`,
    };
    return cells => template.replace(/\$feature_names|\$features_kvp|\$features/g, placeholder => written[placeholder]?.(cells) ?? '');
  }
}

function requirePlaceholder(field: string, template: string, placeholders: readonly string[]): void {
  if (placeholders.some(placeholder => template.includes(placeholder))) return;
  throw new AnalyzerError(`predictor.${field} is ${template}; it must contain ${placeholders.join(' or ')}`);
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Captured and tabular values are text; a number or a truth value is written as what it is. */
function jsonCell(cell: Cell, { isText }: Feature): string {
  if (cell === null || cell === 'true' || cell === 'false') return String(cell);
  if (isText) return JSON.stringify(cell);
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(cell)) return cell;
  return cell.trim() !== '' && Number.isFinite(Number(cell)) ? String(Number(cell)) : JSON.stringify(cell);
}
