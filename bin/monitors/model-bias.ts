import { InvalidArgumentError, Option } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { analysisFromConfig } from '../../analyzer/model-bias/analysis-config';
import { ModelBiasAnalysis } from '../../lib/contract';
import { BiasMetric } from '../../lib/monitoring/bias-metric';
import { wholeNumber } from '../commands/option-values';
import { CONFIG, configOf, ConfigOptions, numberOrText } from './config-file';
import { BOTH_SIDES, MonitorCommand } from './monitor-command';
import { LABEL_DELAY, LabelledOptions, PREDICTION_OPTIONS, predictionOf } from './prediction-options';

/** A facet as the service's file writes it. */
interface FacetConfig {
  readonly name_or_index: string;
  readonly value_or_threshold?: readonly (string | number)[];
  /** Only an option can say so; Clarify decides by the data. */
  readonly isThreshold?: true;
}

interface Options extends ConfigOptions, LabelledOptions {
  readonly label?: string;
  readonly positiveLabel?: readonly string[];
  readonly facet?: readonly FacetConfig[];
  readonly groupVariable?: string;
  readonly compatible?: true;
  readonly biasConstraint?: BiasConstraints;
  readonly minimumRows?: number;
}

type BiasConstraints = NonNullable<ModelBiasAnalysis['constraints']>;

const METRICS: readonly string[] = Object.values(BiasMetric);

/** How groups of people fare. */
export const modelBias: MonitorCommand = {
  type: 'model-bias',
  about: 'how groups of people fare: labels and predictions of a facet against those of the others',
  options: [
    CONFIG,
    new Option('--label <column>', 'the label\'s column in a dataset, and its name in reports'),
    new Option('--positive-label <values...>', 'labels that count as positive, or one number that a continuous label must exceed'),
    new Option('--facet <column=values>', 'a sensitive group, such as sex=f,x or "age>40"; without values each is a group; may be repeated')
      .argParser(facets),
    new Option('--group-variable <column>', 'column whose groups the conditional metrics look at one by one'),
    ...PREDICTION_OPTIONS,
  ],
  judging: [
    new Option('--compatible', 'compare as Clarify does, without regard to chance'),
    new Option('--bias-constraint <metric=minimum:maximum>', 'bounds of a metric, such as DI=0.8:1.25 or DPL=:0.1; may be repeated; DI=0.8: unless given')
      .argParser(biasConstraints),
    LABEL_DELAY,
    new Option('--minimum-rows <n>', 'fewest labelled rows with which bias is judged').argParser(wholeNumber(0)),
  ],
  needsLabels: true,
  plan: command => ({ sides: BOTH_SIDES, task: { type: 'model-bias', analysis: analysisOf(command.opts<Options>()) } }),
};

/** The options, before what the configuration's file says. */
function analysisOf(options: Options): ModelBiasAnalysis {
  const { label, positiveLabel, facet, groupVariable, compatible, biasConstraint, minimumRows } = options;
  if (options.config === undefined) requireOptions(options);
  const analysis = analysisFromConfig({
    ...configOf(options),
    ...(label !== undefined && { label }),
    ...(positiveLabel !== undefined && { label_values_or_threshold: positiveLabel.map(numberOrText) }),
    ...(facet !== undefined && { facet }),
    ...(groupVariable !== undefined && { group_variable: groupVariable }),
  });
  return {
    ...analysis,
    facets: analysis.facets.map((each, index) => facet?.[index]?.isThreshold === true ? { ...each, isThreshold: true } : each),
    ...predictionOf(options),
    ...(compatible === true && { method: 'Compatible' }),
    ...(biasConstraint !== undefined && { constraints: biasConstraint }),
    ...(minimumRows !== undefined && { minimumRows }),
  };
}

/** What the file would say has to come from somewhere. */
function requireOptions({ label, positiveLabel, facet }: Options): void {
  const missing = Object.entries({ '--label': label, '--positive-label': positiveLabel, '--facet': facet }).flatMap(([option, value]) => value === undefined ? [option] : []);
  if (missing.length > 0) throw new AnalyzerError(`give ${missing.join(' and ')}, or Clarify's analysis_config.json with --config`);
}

function facets(text: string, before: readonly FacetConfig[] = []): FacetConfig[] {
  const [, above, threshold = ''] = /^([^=]+)>([^>]+)$/s.exec(text) ?? [];
  if (above !== undefined && typeof numberOrText(threshold) === 'number') {
    return [...before, { name_or_index: above, value_or_threshold: [Number(threshold)], isThreshold: true }];
  }
  const [, column, , values] = /^([^=]+)(=(.+))?$/s.exec(text) ?? [];
  if (column === undefined) throw new InvalidArgumentError('give a column and values, such as sex=f,x, or a threshold, such as age>40');
  return [...before, { name_or_index: column, ...(values !== undefined && { value_or_threshold: values.split(',').map(numberOrText) }) }];
}

function biasConstraints(text: string, before: BiasConstraints = {}): BiasConstraints {
  const [, metric = '', minimum = '', maximum = ''] = /^(\w+)=([^:]*):([^:]*)$/.exec(text) ?? [];
  const bounds = { ...(minimum !== '' && { minimum: Number(minimum) }), ...(maximum !== '' && { maximum: Number(maximum) }) };
  const values = Object.values(bounds);
  if (values.length === 0 || values.some(Number.isNaN)) throw new InvalidArgumentError('give a metric, a smallest and a largest value, or one of them: DI=0.8:1.25, DI=0.8:, DPL=:0.1');
  if (!METRICS.includes(metric)) throw new InvalidArgumentError(`there is no metric ${metric}; there are ${METRICS.join(', ')}`);
  if (values.length === 2 && Number(minimum) > Number(maximum)) throw new InvalidArgumentError(`the smallest value ${minimum} is above the largest, ${maximum}`);
  return { ...before, [metric]: bounds };
}
