import { BiasFacet, ModelBiasAnalysis } from '../../lib/contract';
import { BiasTable } from './bias-table';
import { FacetGroups } from './facet-groups';
import { FacetTally } from './facet-tally';
import { FeatureColumns } from './feature-columns';

/** The columns of a dataset that are no features. */
export function outcomeColumns({ label, inferenceAttribute, probabilityAttribute }: ModelBiasAnalysis): ReadonlySet<string> {
  return new Set([label, inferenceAttribute, probabilityAttribute].filter(name => name !== undefined));
}

/** A table of nothing, where not even the columns are known. */
export const NO_TABLE = new BiasTable([], [], undefined);

/** A table for the facets of an analysis, empty yet. */
export function emptyTable(
  columns: FeatureColumns, analysis: ModelBiasAnalysis, groupsOf: (facet: BiasFacet, name: string) => FacetGroups,
): BiasTable {
  const facets = analysis.facets.map((facet) => {
    const column = columns.indexOf(facet.nameOrIndex, 'facet');
    const name = columns.names[column] ?? '';
    return new FacetTally(name, column, groupsOf(facet, name));
  });
  const { groupVariable } = analysis;
  return new BiasTable(columns.names, facets, groupVariable === undefined ? undefined : columns.indexOf(groupVariable, 'group variable'));
}
