import { ComparisonMethod, Constraints, DataQualityAnalysis } from '../../lib/contract';

/** How strictly a window is judged. */
export interface Judgement {
  readonly evaluates: boolean;
  readonly comparesDistributions: boolean;
  readonly emitsMetrics: boolean;
  readonly method: ComparisonMethod;
  readonly numericalThreshold: number;
  readonly categoricalThreshold: number;
  readonly typeThreshold: number;
  readonly domainThreshold: number;
  readonly minimumRows: number;
}

/** The baseline's own rules; those of the monitor go before them where there are any. */
export function judgementOf({ monitoring_config: rules }: Constraints, analysis: Partial<DataQualityAnalysis>): Judgement {
  const distribution = rules.distribution_constraints;
  const threshold = analysis.comparisonThreshold ?? distribution.comparison_threshold;
  return {
    evaluates: rules.evaluate_constraints === 'Enabled',
    comparesDistributions: distribution.perform_comparison === 'Enabled',
    emitsMetrics: rules.emit_metrics === 'Enabled',
    method: analysis.comparisonMethod ?? distribution.comparison_method,
    numericalThreshold: threshold,
    categoricalThreshold: analysis.comparisonThreshold ?? distribution.categorical_comparison_threshold ?? threshold,
    typeThreshold: rules.datatype_check_threshold,
    domainThreshold: rules.domain_content_threshold,
    minimumRows: analysis.minimumRows ?? 0,
  };
}
