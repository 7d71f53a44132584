import { Violation } from '../../../lib/contract';
import { CategoryCounts, totalOf } from '../comparison/bins';
import { ComparedFeature } from '../comparison/compared-feature';
import { categoriesOf, codesOf, isUnseenByChance, vanishedCodes, vanishedGroups } from '../comparison/groups';
import { clip, formatDecimal, formatShare } from '../../format';

/** How large a share (0–1) of one side's values is of groups that the other side has too, and what is to be said of the rest. */
interface Finding {
  readonly share: number;
  readonly explanation: string;
}

/**
 * categorical_values_check: too many values are of groups that the baseline does not know, or were of groups that are gone.
 * The service looks for new categories of text only.
 */
export function checkCategoricalValues(feature: ComparedFeature): Violation[] {
  const { name, constraint, rules } = feature;
  const [worst, ...others] = (constraint.string_constraints ? changedCategories(feature) : changedCodes(feature))
    .filter(({ share }) => share < rules.domainThreshold);
  if (worst === undefined) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'categorical_values_check',
    description: `Value: ${formatDecimal(worst.share)} does not meet the constraint requirement!`,
    explanation: `${name}: ${[worst, ...others].map(({ explanation }) => explanation).join('; ')}`,
  }];
}

function changedCategories(feature: ComparedFeature): Finding[] {
  const { baseline, window, constraint, column, rules } = feature;
  const unseen = column.outsideDomain === 0 || isUnseenByChance(feature)
    ? []
    : [{ share: 1 - column.outsideDomain / column.present, explanation: describeUnseen([...column.unseen], column.present) }];
  const [before, after] = [categoriesOf(baseline), categoriesOf(window)];
  if (rules.method === 'Compatible' || before === undefined || after === undefined) return unseen;
  const expected = new Set(constraint.string_constraints?.domains);
  return [...unseen, ...vanished(vanishedGroups(before, after).filter(([value]) => expected.has(value)), before)];
}

function changedCodes({ baseline, window, rules }: ComparedFeature): Finding[] {
  const [before, after] = [codesOf(baseline), codesOf(baseline, window)];
  if (rules.method === 'Compatible' || before === undefined || after === undefined) return [];
  const unseen = vanishedCodes(after, before);
  return [
    ...unseen.length > 0 ? [{ share: 1 - shareOf(unseen, after), explanation: describeUnseen(unseen, totalOf(after)) }] : [],
    ...vanished(vanishedCodes(before, after), before),
  ];
}

function vanished(groups: [string, number][], before: CategoryCounts): Finding[] {
  return groups.length === 0 ? [] : [{ share: 1 - shareOf(groups, before), explanation: describeVanished(groups, totalOf(before)) }];
}

function shareOf(groups: readonly [string, number][], counts: CategoryCounts): number {
  return groups.reduce((sum, [, count]) => sum + count, 0) / totalOf(counts);
}

function describeUnseen(values: readonly [string, number][], present: number): string {
  const list = enumerate([...values].sort(([, a], [, b]) => b - a).map(([value, count]) => `${clip(value)} in ${formatShare(count / present)} of rows`));
  return `new ${values.length === 1 ? 'category' : 'categories'} ${list}`;
}

function describeVanished(values: readonly [string, number][], present: number): string {
  const list = enumerate(values.map(([value, count]) => `${clip(value)}, before in ${formatShare(count / present)} of rows`));
  return `no more ${list}`;
}

function enumerate(texts: readonly string[]): string {
  return `${texts.slice(0, 3).join(', ')}${texts.length > 3 ? ` and ${texts.length - 3} more` : ''}`;
}
