import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** Up to so many features all coalitions are tried, and the values are exact. */
const EXACT_FEATURES = 10;

/** Attempts at drawing a coalition that was not drawn before, for each that is wanted. */
const DRAWS = 4;

/** Sets of features that stay the row's own while the others are the background's, neither none nor all, and how much each counts. */
export interface Coalitions {
  readonly features: number;
  readonly count: number;
  /** Row by row, one cell a feature: 1 where the feature is the row's own. */
  readonly members: Uint8Array;
  readonly weights: Float64Array;
}

/**
 * The coalitions that Kernel SHAP tries: sizes from the outside in, each with its complement, complete where the budget covers their share
 * of the Shapley kernel; of the other sizes a seeded sample. The outermost are always complete, as without them the values are undetermined
 * or, with few samples, far off. Every row gets the same sample, so that its error is the same before and after.
 */
export function kernelCoalitions(features: number, samples: number = 2 * features + 2048): Coalitions {
  const draft = new Draft(features);
  let budget = features <= EXACT_FEATURES ? Infinity : Math.max(samples, 2 * features);
  const sizes = kernelSizes(features);
  let weight = sum(sizes.map(size => size.weight));
  for (let next = sizes.shift(); next !== undefined; next = sizes.shift()) {
    if (next.size > 1 && next.subsets > budget * next.weight / weight * (1 + 1e-9)) {
      drawCoalitions(draft, [next, ...sizes], budget, weight);
      break;
    }
    for (const chosen of combinations(features, next.size)) draft.add(chosen, next.weight / next.subsets, 2 * next.size < features);
    budget -= next.subsets;
    weight -= next.weight;
  }
  return draft.coalitions();
}

/** A size of coalitions together with that of their complements. */
interface KernelSize {
  readonly size: number;
  readonly subsets: number;
  /** Its part of the Shapley kernel. */
  readonly weight: number;
}

function kernelSizes(features: number): KernelSize[] {
  const sizes: KernelSize[] = [];
  for (let size = 1, subsets = features; 2 * size <= features; size++) {
    const sides = 2 * size === features ? 1 : 2;
    sizes.push({ size, subsets: sides * subsets, weight: sides / (size * (features - size)) });
    subsets = subsets * (features - size) / (size + 1);
  }
  return sizes;
}

function drawCoalitions(draft: Draft, sizes: readonly KernelSize[], budget: number, weight: number): void {
  const random = xoroshiro128plus(0);
  const below = (bound: number): number => unsafeUniformIntDistribution(0, bound - 1, random);
  const drawn = new Map<string, { readonly chosen: readonly number[]; times: number }>();
  const places = Array.from({ length: draft.features }, (_, index) => index);
  for (let draws = 0; draws < DRAWS * budget && 2 * drawn.size < budget; draws++) {
    let rest = below(2 ** 31) / 2 ** 31 * weight;
    const size = sizes.find(each => (rest -= each.weight) < 0)?.size ?? 1;
    for (let index = 0; index < size; index++) {
      const other = index + below(places.length - index);
      [places[index], places[other]] = [places[other] as number, places[index] as number];
    }
    // Half of the features and the other half are one pair, named by the half with the first feature.
    const half = 2 * size === draft.features && !places.slice(0, size).includes(0) ? places.slice(size) : places.slice(0, size);
    const chosen = half.sort((a, b) => a - b);
    const known = drawn.get(chosen.join());
    if (known) known.times++;
    else drawn.set(chosen.join(), { chosen, times: 1 });
  }
  const times = sum([...drawn.values()].map(each => each.times));
  for (const each of drawn.values()) draft.add(each.chosen, weight * each.times / times / 2, true);
}

/** Coalitions as they are collected. */
class Draft {
  private readonly members: Uint8Array[] = [];
  private readonly weights: number[] = [];

  constructor(readonly features: number) {}

  /** A coalition, and its complement with the same weight where that is not added by itself. */
  add(chosen: readonly number[], weight: number, withComplement: boolean): void {
    const members = new Uint8Array(this.features);
    for (const index of chosen) members[index] = 1;
    this.members.push(members);
    this.weights.push(weight);
    if (!withComplement) return;
    this.members.push(members.map(member => 1 - member));
    this.weights.push(weight);
  }

  coalitions(): Coalitions {
    const members = new Uint8Array(this.members.length * this.features);
    for (const [index, each] of this.members.entries()) members.set(each, index * this.features);
    return { features: this.features, count: this.members.length, members, weights: Float64Array.from(this.weights) };
  }
}

/** All choices of `size` among 0 … `count` − 1. */
function* combinations(count: number, size: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: size }, (_, index) => index);
  for (;;) {
    yield chosen;
    let last = size - 1;
    while (last >= 0 && chosen[last] === count - size + last) last--;
    if (last < 0) return;
    for (let index = last, value = (chosen[last] ?? 0) + 1; index < size; index++, value++) chosen[index] = value;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
