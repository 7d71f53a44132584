import path from 'node:path';
import { AnalyzerError } from '../analyzer-error';
import { parseCsv } from './csv';
import { CsvRecord, readCsvRecords } from './csv-records';
import { theKernel } from '../kernel/kernel';
import { Line } from './lines';
import { PlainRow } from './plain-row';
import { attempt, Cell, Rejection, Row, unnamedNames } from './row';
import { RowSink } from './row-sink';

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a CSV file whose rows all have as many fields as the first one. */
export async function readCsvFile(folder: string, file: string, header: boolean, sink: RowSink): Promise<void> {
  let names: Row['names'] | undefined;
  for await (const records of readCsvRecords(path.join(folder, file), file)) {
    for (const record of records) {
      if (header && names === undefined) {
        names = headerNames(file, record);
        continue;
      }
      const row = attempt(() => rowOf(record, names));
      if (row instanceof Rejection) {
        sink.reject(record.line, row.message);
      } else {
        names ??= row.names;
        sink.row(row, record.line);
      }
    }
  }
}

function headerNames(file: string, header: CsvRecord): readonly string[] {
  const fields = attempt(() => fieldsOf(header));
  if (fields instanceof Rejection) throw new AnalyzerError(`${file}: the header cannot be read: ${fields.message}`);
  const names = fields.map((field, index) => field ?? `_c${index}`);
  const [only = ''] = names;
  if (names.length === 1 && /[;\t|]/.test(only)) throw new AnalyzerError(`${file}: the header is one column, "${only}"; fields must be separated by commas`);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new AnalyzerError(`${file}: two columns are named "${repeated}"; name each column once`);
  return names;
}

/** Without header the first row says how many columns there are. */
function rowOf(record: CsvRecord, expected: Row['names'] | undefined): Row {
  const cells = record.width === -1 ? fieldsOf(record) : undefined;
  const width = cells?.length ?? record.width;
  const names = expected ?? unnamedNames(width);
  if (width !== names.length) throw new Rejection(`the row has ${width} columns, expected ${names.length}`);
  return cells === undefined ? new PlainRow(names, [record.line.start, record.line.end]) : { names, cells };
}

function fieldsOf({ line, problem }: CsvRecord): Cell[] {
  if (problem !== undefined) throw new Rejection(problem);
  const [fields, ...others] = parseCsv(textOf(line));
  if (others.length > 0) throw new Rejection('the row has a carriage return outside quotes; lines must end in line feeds');
  return fields ?? [null];
}

function textOf({ start, end }: Line): string {
  let text: string;
  try {
    text = UTF_8.decode(theKernel().bytes.subarray(start, end));
  } catch {
    throw new Rejection('the row is not UTF-8');
  }
  if (text.includes('\0')) throw new Rejection('the row is not UTF-8: it holds NUL characters, as UTF-16 does');
  return text;
}
