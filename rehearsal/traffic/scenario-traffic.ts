import { DatasetFormat } from '../../lib/contract';
import { LocalModel } from './local-model';
import { OptionError } from './planted-drift';
import { Random } from './random';
import { csvLine, Row, Table } from './row';
import { Scenario, ScenarioDay } from './scenario';
import { readTable } from './table-file';
import { Columns, Exchange, Traffic } from './traffic';

/** What the rows of a scenario are drawn from, and what their columns are. */
export interface ScenarioSource {
  readonly file: string;
  readonly format: DatasetFormat;
  readonly columns: Columns;
  /** Column of what turns out to be true; absent where nobody needs it. */
  readonly label?: string;
  /** Answers in place of the file's. */
  readonly model?: LocalModel;
}

/** The traffic of each day of a scenario. */
export async function scenarioTraffic(scenario: Scenario, source: ScenarioSource, seed: number): Promise<Traffic[]> {
  const labels = await distinctLabels(source);
  return Promise.all(scenario.days.map(async (day, index) => {
    const table = await tableOf(day, source);
    const hours: (readonly Exchange[])[] = [];
    for (let hour = 0; hour < scenario.hours; hour++) {
      const random = new Random(seed * 1000 + index * 24 + hour);
      const asked = random.sample(table.rows, scenario.recordsPerHour);
      const changed = day.planted.reduce<readonly Row[]>((rows, drift) => drift.apply(rows, random), asked);
      const rows = mislabelled(changed, day.mislabel, labels, source, random);
      hours.push(await exchanges(rows, source));
    }
    return { hour: at => hours[at] ?? [] };
  }));
}

async function tableOf({ what, only }: ScenarioDay, { file, format }: ScenarioSource): Promise<Table> {
  try {
    const table = await readTable(file, format, only);
    if (table.rows.length > 0) return table;
  } catch (error) {
    throw new OptionError(`${what}: ${(error as Error).message.split('\n', 1)[0]}`, { cause: error });
  }
  throw new OptionError(`${what}: no row of ${file} is meant by ${JSON.stringify(only)}`);
}

async function distinctLabels({ file, format, label }: ScenarioSource): Promise<readonly string[]> {
  if (label === undefined) return [];
  const { rows } = await readTable(file, format);
  return [...new Set(rows.map(row => row[label] ?? ''))];
}

/** That share of the rows gets another of the labels. */
function mislabelled(rows: readonly Row[], share: number, labels: readonly string[], { label }: ScenarioSource, random: Random): readonly Row[] {
  if (share === 0) return rows;
  if (label === undefined || labels.length < 2) throw new OptionError('mislabel: no monitor of the assembly needs labels, or all rows have the same one');
  const wrong = new Set(random.sample(rows.map((_, index) => index), Math.round(rows.length * share)));
  const otherThan = (known: string | null | undefined): string | undefined => random.sample(labels.filter(other => other !== known), 1)[0];
  return rows.map((row, index) => (wrong.has(index) ? { ...row, [label]: otherThan(row[label]) ?? null } : row));
}

async function exchanges(rows: readonly Row[], { columns, label, model }: ScenarioSource): Promise<readonly Exchange[]> {
  const inputs = rows.map(row => csvLine(row, columns.input));
  const outputs = await model?.answers(inputs) ?? rows.map(row => csvLine(row, columns.output));
  return rows.map((row, index) => ({ input: inputs[index] ?? '', output: outputs[index] ?? '', ...label !== undefined && { label: row[label] ?? '' } }));
}
