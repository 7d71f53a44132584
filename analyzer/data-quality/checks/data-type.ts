import { Violation } from '../../../lib/contract';
import { isMoreFrequent } from '../comparison/chance';
import { ComparedFeature } from '../comparison/compared-feature';
import { formatDecimal, formatShare } from '../../format';

/** data_type_check: too few values have the baseline's type. */
export function checkDataType(feature: ComparedFeature): Violation[] {
  const { constraint: { inferred_type: expected }, column, name, rules } = feature;
  if (expected === 'Unknown' || column.isHashed || column.present === 0) return [];
  const share = matching(feature) / column.present;
  if (share >= rules.typeThreshold) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'data_type_check',
    description: `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${formatDecimal(rules.typeThreshold * 100)}%. `
      + `Observed: Only ${formatDecimal(share * 100)}% of data is ${expected}.`,
    explanation: `${name}: ${formatShare(1 - share)} of values are not ${expected} (${offenders(feature)})`,
  }];
}

/**
 * How many values have the baseline's type. An integer is a fraction too. A code such as `12` in a column of text is text,
 * as one text made the whole column text in the baseline; only the service itself counts it as wrong. So is every value where
 * texts are so rare that there may be none.
 */
function matching(feature: ComparedFeature): number {
  const { constraint, column, rules } = feature;
  const { Integral, Fractional, String } = column.types;
  switch (constraint.inferred_type) {
    case 'Integral': return Integral;
    case 'Fractional': return Integral + Fractional;
    default:
      if (rules.method === 'Compatible') return String;
      if (String > 0 || lacksTextByChance(feature)) return column.present;
      return constraint.string_constraints === undefined ? 0 : column.present - column.outsideDomain;
  }
}

function lacksTextByChance({ baseline, column }: ComparedFeature): boolean {
  const { common, num_numeric: numeric } = baseline?.string_statistics ?? {};
  if (common === undefined || numeric === undefined) return false;
  const before = { count: common.num_present - numeric, rows: common.num_present };
  return !isMoreFrequent(before, { count: 0, rows: column.present });
}

function offenders({ constraint: { inferred_type: expected }, column: { types } }: ComparedFeature): string {
  return Object.entries(types)
    .filter(([type, count]) => count > 0 && type !== expected && !(expected === 'Fractional' && type === 'Integral'))
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
}
