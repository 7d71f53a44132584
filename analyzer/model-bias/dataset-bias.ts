import { BiasAnalysisFile, ModelBiasAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Rejection, Row } from '../input/row';
import { Attribute } from '../observation/attribute';
import { analysisFile } from './analysis-file';
import { emptyTable } from './bias-columns';
import { BiasTable } from './bias-table';
import { DatasetRules } from './dataset-rules';
import { measureGroups } from './measurement';
import { Prediction } from './prediction';
import { Selection } from './selection';

/** The bias of a dataset: of its labels, and of its predictions where it has them. Its rows are read twice. */
export class DatasetBias {
  private readonly rules: DatasetRules;
  private readonly label: Attribute;
  private taking: { readonly table: BiasTable; readonly positive: Selection; readonly prediction: Prediction | undefined } | undefined;

  constructor(private readonly analysis: ModelBiasAnalysis) {
    this.rules = new DatasetRules(analysis);
    this.label = new Attribute(analysis.label, 'label');
  }

  /** The first read: only all rows tell what the columns are. */
  look(row: Row): void {
    this.rules.add(row);
  }

  /** The second read. Throws a Rejection when the row cannot be analysed. */
  take(row: Row): void {
    const { table, positive, prediction } = this.taking ??= this.begin();
    const label = this.label.cell(row);
    if (label === null) throw new Rejection('the label is missing');
    table.add(this.rules.columns.cells(row), positive.includes(label), prediction?.isPositive(row));
  }

  /** analysis.json, when all is read. */
  get file(): BiasAnalysisFile {
    const { table, positive, prediction } = this.taking ??= this.begin();
    const { label, method } = this.analysis;
    refuseOneSided(table, positive, label);
    const groups = measureGroups(table, { predictions: prediction !== undefined, standardErrors: method !== 'Compatible' });
    return analysisFile(groups, { label, label_value_or_threshold: positive.text }, this.rules.columns.names);
  }

  private begin(): NonNullable<typeof this.taking> {
    const { inferenceAttribute, probabilityAttribute } = this.analysis;
    const positive = this.rules.positiveLabel;
    return {
      positive,
      table: emptyTable(this.rules.columns, this.analysis, (facet, name) => this.rules.groupsOf(facet, name)),
      // A dataset has no column of predictions unless the analysis names one.
      prediction: inferenceAttribute === undefined && probabilityAttribute === undefined ? undefined : new Prediction(this.analysis, positive),
    };
  }
}

function refuseOneSided(table: BiasTable, positive: Selection, label: string): void {
  if (table.positives === 0) throw new AnalyzerError(`no row has the positive label ${positive.text} in "${label}"; give the values that count as positive`);
  if (table.positives === table.rows) throw new AnalyzerError(`every row has the positive label ${positive.text} in "${label}"; bias needs rows with other labels too`);
  for (const facet of table.facets) {
    for (const [index, text] of facet.groups.texts.entries()) {
      const { group, rest } = table.countsOf(facet, index + 1);
      if (group.rows === 0) throw new AnalyzerError(`no row belongs to the group ${text} of the facet "${facet.name}"; give values that the column has`);
      if (rest.rows === 0) throw new AnalyzerError(`every row belongs to the group ${text} of the facet "${facet.name}"; there is nobody to compare it with`);
    }
  }
}
