"""Kernel SHAP values by the shap package, and nDCG by scikit-learn."""
import json
import logging
import sys

import numpy as np
import shap
from sklearn.metrics import ndcg_score

logging.disable(logging.CRITICAL)


def score(output, rows):
    result = np.full(len(rows), output["bias"]) + rows @ np.array(output["linear"])
    for a, b, factor in output["products"]:
        result += factor * rows[:, a] * rows[:, b]
    for feature, threshold, gain in output["steps"]:
        result += gain * (rows[:, feature] > threshold)
    return 1 / (1 + np.exp(-result)) if output["isProbability"] else result


def explain(case):
    outputs = case["outputs"]
    model = lambda rows: np.column_stack([score(output, rows) for output in outputs])
    background, rows = np.array(case["background"]), np.array(case["rows"])
    explainer = shap.KernelExplainer(model, background, link="logit" if case["useLogit"] else "identity")
    values = np.array(explainer.shap_values(rows, nsamples=case.get("samples", 2 ** rows.shape[1]), l1_reg=False, silent=True))
    return {
        "expected": np.atleast_1d(explainer.expected_value).tolist(),
        # Rows, features, outputs become outputs, rows, features.
        "values": np.moveaxis(values.reshape(len(rows), rows.shape[1], len(outputs)), 2, 0).tolist(),
    }


question = json.load(sys.stdin)
np.random.seed(0)
json.dump({
    "explanations": [explain(case) for case in question["cases"]],
    "ndcg": [ndcg_score([each["relevance"]], [each["ranking"]]) for each in question["rankings"]],
}, sys.stdout)
