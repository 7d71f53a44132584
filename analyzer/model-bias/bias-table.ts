import { Cell } from '../input/row';
import { FacetTally } from './facet-tally';
import { FeatureSample } from './feature-sample';
import { FlipTest } from './flip-test';
import { GroupCounts } from './group-counts';
import { Strata } from './strata';

/** The rows of a dataset or window that have a label, as the metrics want them: counts of each facet, and a sample of the features. */
export class BiasTable {
  private readonly strata = new Strata();
  private readonly sample: FeatureSample;
  private labelled = 0;
  private positive = 0;

  /** `stratumColumn` is the group variable's place among the features. */
  constructor(features: readonly string[], readonly facets: readonly FacetTally[], private readonly stratumColumn: number | undefined) {
    this.sample = new FeatureSample(features);
  }

  /** How many rows there are. */
  get rows(): number {
    return this.labelled;
  }

  get positives(): number {
    return this.positive;
  }

  /** Throws a Rejection where one of these rows would find no place. */
  requireRoomFor(rows: readonly (readonly Cell[])[]): void {
    for (const { groups, column } of this.facets) groups.requireRoomFor(rows.map(features => features[column] ?? null));
  }

  /** Without predictions nothing is asked that needs them. */
  add(features: readonly Cell[], isPositive: boolean, isPredicted = false): void {
    const stratum = this.stratumColumn === undefined ? 0 : this.strata.numberOf(features[this.stratumColumn] ?? null);
    const members = this.facets.map(facet => facet.groups.memberOf(features[facet.column] ?? null));
    this.labelled++;
    if (isPositive) this.positive++;
    for (const [index, facet] of this.facets.entries()) facet.add(members[index] ?? 0, stratum, isPositive, isPredicted);
    this.sample.add({ cells: features, members, isPositive: isPredicted });
  }

  countsOf(facet: FacetTally, group: number): GroupCounts {
    return facet.countsOf(group, this.stratumColumn === undefined ? undefined : this.strata.inOrder);
  }

  flipTestOf(facet: FacetTally, group: number): FlipTest {
    return this.sample.flipTest(this.facets.indexOf(facet), facet.column, group);
  }
}
