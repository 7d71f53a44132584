import { Violation } from '../../../lib/contract';
import { Baseline } from '../baseline';
import { ComparedFeature } from '../comparison/compared-feature';
import { Rules } from '../judgement';
import { Table } from '../statistics/table';
import { checkBaselineDrift } from './baseline-drift';
import { checkCategoricalValues } from './categorical-values';
import { checkExtraColumns, checkMissingColumns, OtherWidth } from './columns';
import { checkCompleteness } from './completeness';
import { checkDataType } from './data-type';

/** Checks of one feature, those that explain the others first. */
const FEATURE_CHECKS = [checkDataType, checkCompleteness, checkCategoricalValues, checkBaselineDrift];

/** Everything in the window that breaks a constraint: columns first, then check by check, the most drifted feature first. */
export function findViolations(
  baseline: Baseline, table: Table, features: readonly ComparedFeature[], rules: Rules, otherWidth?: OtherWidth,
): Violation[] {
  const byDrift = features.filter(feature => feature.rules.evaluates).sort((a, b) => (b.distance ?? -1) - (a.distance ?? -1));
  return [
    ...rules.evaluates ? [...checkMissingColumns(baseline, table, otherWidth), ...checkExtraColumns(baseline, table, otherWidth)] : [],
    ...FEATURE_CHECKS.flatMap(check => byDrift.flatMap(feature => check(feature))),
  ];
}
