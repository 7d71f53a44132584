import { BiasFacet, ModelBiasAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Row } from '../input/row';
import { Attribute } from '../observation/attribute';
import { outcomeColumns } from './bias-columns';
import { ColumnProfile } from './column-profile';
import { EachValue, FacetGroups, MOST_GROUPS, NamedGroup } from './facet-groups';
import { FeatureColumns } from './feature-columns';
import { Selection } from './selection';

/** What a dataset decides: whether label and facets are categories or quantities, and with that which rows they select. */
export class DatasetRules {
  readonly columns: FeatureColumns;
  private readonly labelProfile: ColumnProfile;
  private readonly facetProfiles: readonly ColumnProfile[];
  private readonly label: Attribute;

  constructor(private readonly analysis: ModelBiasAnalysis) {
    this.columns = new FeatureColumns(analysis.headers, outcomeColumns(analysis));
    this.label = new Attribute(analysis.label, 'label');
    this.labelProfile = new ColumnProfile(`the label "${analysis.label}"`);
    this.facetProfiles = analysis.facets.map(({ nameOrIndex }) => new ColumnProfile(`the facet "${nameOrIndex}"`));
  }

  /** Looks at one row; throws a Rejection where the label is not there. */
  add(row: Row): void {
    this.labelProfile.add(this.label.cell(row));
    const cells = this.columns.cells(row);
    for (const [index, { nameOrIndex }] of this.analysis.facets.entries()) {
      this.facetProfiles[index]?.add(cells[this.columns.indexOf(nameOrIndex, 'facet')] ?? null);
    }
  }

  get positiveLabel(): Selection {
    const { label, labelValuesOrThreshold, labelIsThreshold } = this.analysis;
    const { values } = this.labelProfile;
    if (values.length < 2) throw new AnalyzerError(`the label "${label}" is ${values[0] ?? 'missing'} in every row; bias needs rows with positive and with other labels`);
    return this.labelProfile.select(labelValuesOrThreshold, labelIsThreshold);
  }

  groupsOf(facet: BiasFacet, name: string): FacetGroups {
    const profile = this.facetProfiles[this.analysis.facets.indexOf(facet)];
    if (profile === undefined) throw new AnalyzerError(`there is no facet "${name}"`);
    if (facet.valueOrThreshold !== undefined) return new NamedGroup(profile.select(facet.valueOrThreshold, facet.isThreshold));
    if (profile.isContinuous(undefined)) throw new AnalyzerError(`the facet "${name}" is continuous; give the threshold above which the group lies`);
    if (profile.values.length > MOST_GROUPS) {
      throw new AnalyzerError(`the facet "${name}" has ${profile.values.length} different values; name those that make the group`);
    }
    return new EachValue(name, profile.values);
  }
}
