"""The distances and tests of data quality, by scipy and numpy: cases in on standard input, figures out on standard output."""
import json
import sys

import numpy as np
from scipy import stats


def kolmogorov_smirnov(case):
    return stats.ks_2samp(case["before"], case["after"]).statistic


def stability_index(before, after):
    p = (np.array(before) + 0.5) / (np.sum(before) + 0.5 * len(before))
    q = (np.array(after) + 0.5) / (np.sum(after) + 0.5 * len(after))
    return float(np.sum((q - p) * np.log(q / p)))


def tenths(case):
    """Rows by the tenths of the first sample; a value that fills several tenths, or the smallest if it fills the first, is cut off from what is below it."""
    before, after = np.array(case["before"]), np.array(case["after"])
    deciles = np.quantile(before, np.arange(1, 10) / 10, method="inverted_cdf")
    repeated, counts = np.unique(deciles, return_counts=True)
    below = [before[before < value].max() for value in repeated[counts > 1] if np.any(before < value)]
    lowest = [np.nextafter(before.min(), -np.inf)] if deciles[0] == before.min() else []
    edges = np.concatenate([[-np.inf], np.unique(np.concatenate([deciles, below, lowest])), [np.inf]])
    rows = [[int(np.sum((side > low) & (side <= high))) for low, high in zip(edges, edges[1:])] for side in (before, after)]
    return [[b, a] for b, a in zip(*rows) if b + a > 0]


def chi_squared(case):
    result = stats.chi2_contingency(np.array(case["counts"]).T, correction=False)
    return {"statistic": float(result.statistic), "p": float(result.pvalue)}


def cramers_v(case):
    """Of two samples of the same size, so that scipy's own association can be asked."""
    return float(stats.contingency.association(np.array(case["counts"]), method="cramer"))


def fisher(case):
    (a, n), (b, m) = case["first"], case["second"]
    return float(stats.fisher_exact([[a, n - a], [b, m - b]], alternative="greater").pvalue)


question = json.load(sys.stdin)
json.dump({
    "gaps": [float(kolmogorov_smirnov(case)) for case in question["numbers"]],
    "tenths": [tenths(case) for case in question["numbers"]],
    "indices": [stability_index(*zip(*tenths(case))) for case in question["numbers"]],
    "tests": [chi_squared(case) for case in question["counts"]],
    "associations": [cramers_v(case) for case in question["evenCounts"]],
    "categoryIndices": [stability_index(*zip(*case["counts"])) for case in question["counts"]],
    "fisher": [fisher(case) for case in question["frequencies"]],
}, sys.stdout)
