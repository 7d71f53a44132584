import { Violation } from '../../../lib/contract';
import { ComparedFeature } from '../comparison/feature';
import { clip, formatDecimal, formatShare } from '../../format';
import { Judgement } from '../judgement';

/** categorical_values_check: too few values are in the baseline's domain. */
export function checkCategoricalValues({ name, constraint, column }: ComparedFeature, { domainThreshold }: Judgement): Violation[] {
  if (constraint.string_constraints === undefined || column.present === 0) return [];
  const share = 1 - column.outsideDomain / column.present;
  if (share >= domainThreshold) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'categorical_values_check',
    description: `Value: ${formatDecimal(share)} does not meet the constraint requirement!`,
    explanation: `${name}: ${unseen([...column.unseen], column.present)}`,
  }];
}

function unseen(values: [string, number][], present: number): string {
  const [first, ...others] = values
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => `${clip(value)} in ${formatShare(count / present)} of rows`);
  if (others.length === 0) return `new category ${first ?? ''}`;
  return `new categories ${[first, ...others.slice(0, 2)].join(', ')}${others.length > 2 ? ` and ${others.length - 2} more` : ''}`;
}
