import { BiasAnalysisFile, BiasFacet, BiasReport, ModelBiasAnalysis, thresholdOf } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { EachValue, FacetGroups, NamedGroup } from './facet-groups';
import { CategorySelection, Selection, ThresholdSelection, Values } from './selection';

/** What the baseline decided: which labels are positive, and which rows make a group. A window, too small to tell, follows it. */
export class BaselineRules {
  private readonly report: BiasReport;

  constructor(file: BiasAnalysisFile, private readonly analysis: ModelBiasAnalysis) {
    const report = file.pre_training_bias_metrics ?? file.post_training_bias_metrics;
    if (report === undefined) throw new AnalyzerError('the bias baseline has no metrics; make it anew');
    this.report = report;
  }

  get positiveLabel(): Selection {
    const { label, labelValuesOrThreshold: values, labelIsThreshold: isThreshold } = this.analysis;
    return selectionIn([this.report.label_value_or_threshold], { values, isThreshold, what: `the positive label of "${label}"` });
  }

  /** The groups of a facet, under the baseline's names. */
  groupsOf({ valueOrThreshold: values, isThreshold }: BiasFacet, name: string): FacetGroups {
    const entries = this.report.facets[name]?.map(({ value_or_threshold: text }) => text);
    if (entries === undefined) {
      throw new AnalyzerError(`the bias baseline has no facet "${name}", it has ${quoted(Object.keys(this.report.facets))}; make it anew with the facets that are watched`);
    }
    return values === undefined ? new EachValue(name, entries) : new NamedGroup(selectionIn(entries, { values, isThreshold, what: `the facet "${name}"` }));
  }
}

/** What an analysis says of a group or label. */
interface Meant {
  readonly values: Values;
  readonly isThreshold: boolean | undefined;
  /** As messages call it. */
  readonly what: string;
}

/** The selection that is meant both by one of the baseline's texts and by the values of the analysis. */
function selectionIn(texts: readonly string[], { values, isThreshold = false, what }: Meant): Selection {
  const categories = new CategorySelection(values);
  const threshold = values.length === 1 ? Number(values[0]) : NaN;
  for (const text of texts) {
    if (thresholdOf(text) === threshold) return new ThresholdSelection(threshold, text);
    if (!isThreshold && sameValues(text, categories)) return new CategorySelection(values, text);
  }
  throw new AnalyzerError(`${what} is ${isThreshold ? 'above ' : ''}${values.join(',')} here and ${quoted(texts)} in the bias baseline; make the baseline anew, or watch what it has`);
}

function sameValues(text: string, categories: CategorySelection): boolean {
  return new CategorySelection(text.split(',')).equals(categories);
}

function quoted(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}
