import {
  CategoricalMethod, ComparisonMethod, Constraints, DATA_QUALITY_DEFAULTS, DataQualityAnalysis, FeatureConstraints, FeatureOverride,
  MonitoringConfigOverrides,
} from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { listed } from '../format';

/** How strictly one column is judged. */
export interface Rules {
  readonly evaluates: boolean;
  readonly emitsMetrics: boolean;
  readonly comparesDistributions: boolean;
  readonly method: ComparisonMethod;
  readonly categoricalMethod: CategoricalMethod;
  readonly numericalThreshold: number;
  readonly categoricalThreshold: number;
  readonly typeThreshold: number;
  readonly domainThreshold: number;
}

/** How strictly a window is judged. */
export interface Judgement {
  readonly rules: Rules;
  /** Fewest rows with which drift is judged. */
  readonly minimumRows: number;
  /** The rules of one column: those of all, but for what is said of this one. */
  readonly rulesOf: (feature: FeatureConstraints) => Rules;
}

/** Rules where nobody gives others. */
export const DEFAULT_RULES: Rules = {
  evaluates: true,
  emitsMetrics: true,
  comparesDistributions: true,
  method: DATA_QUALITY_DEFAULTS.comparisonMethod,
  categoricalMethod: 'LInfinity',
  numericalThreshold: DATA_QUALITY_DEFAULTS.comparisonThreshold,
  categoricalThreshold: DATA_QUALITY_DEFAULTS.comparisonThreshold,
  typeThreshold: 1,
  domainThreshold: 1,
};

type Analysis = Partial<DataQualityAnalysis>;

/** The baseline's own rules, those of the monitor before them; what is said of one column goes before what is said of all. */
export function judgementOf({ monitoring_config, features }: Constraints, analysis: Analysis): Judgement {
  checkOverrides(analysis, features.map(({ name }) => name));
  const rules = withOverride(withConfig(DEFAULT_RULES, monitoring_config), analysis);
  return {
    rules,
    minimumRows: analysis.minimumRows ?? 0,
    rulesOf: ({ name, monitoring_config_overrides: config = {} }) => withOverride(withConfig(rules, config), analysis.overrides?.[name] ?? {}),
  };
}

/** Refuses an override of a column that does not exist: its name is misspelt, and it would be without effect. */
export function checkOverrides({ overrides = {} }: Analysis, columns: readonly string[]): void {
  const unknown = Object.keys(overrides).filter(name => !columns.includes(name));
  if (unknown.length === 0) return;
  throw new AnalyzerError(`overrides name ${unknown.map(name => `"${name}"`).join(', ')}, which is no column of the baseline; it has ${listed(columns)}`);
}

/** Rules with what a monitor says beside them. */
export function withOverride(rules: Rules, override: FeatureOverride): Rules {
  return {
    ...rules,
    method: override.comparisonMethod ?? rules.method,
    categoricalMethod: override.categoricalMethod ?? rules.categoricalMethod,
    numericalThreshold: override.comparisonThreshold ?? rules.numericalThreshold,
    categoricalThreshold: override.comparisonThreshold ?? rules.categoricalThreshold,
    typeThreshold: override.typeThreshold ?? rules.typeThreshold,
    domainThreshold: override.domainThreshold ?? rules.domainThreshold,
  };
}

/** Rules with what a constraints file says beside them. */
function withConfig(rules: Rules, config: MonitoringConfigOverrides): Rules {
  const { distribution_constraints: distribution = {} } = config;
  const isOn = (value: 'Enabled' | 'Disabled' | undefined, otherwise: boolean): boolean => value === undefined ? otherwise : value === 'Enabled';
  return {
    evaluates: isOn(config.evaluate_constraints, rules.evaluates),
    emitsMetrics: isOn(config.emit_metrics, rules.emitsMetrics),
    comparesDistributions: isOn(distribution.perform_comparison, rules.comparesDistributions),
    method: distribution.comparison_method ?? rules.method,
    categoricalMethod: distribution.categorical_drift_method ?? rules.categoricalMethod,
    numericalThreshold: distribution.comparison_threshold ?? rules.numericalThreshold,
    categoricalThreshold: distribution.categorical_comparison_threshold ?? distribution.comparison_threshold ?? rules.categoricalThreshold,
    typeThreshold: config.datatype_check_threshold ?? rules.typeThreshold,
    domainThreshold: config.domain_content_threshold ?? rules.domainThreshold,
  };
}
