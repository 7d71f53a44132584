"""Bias as smclarify computes it: of whole datasets by its report, of bare flags by its metric functions."""
import io
import json
import logging
import math
import sys
import warnings

import numpy as np
import pandas as pd
from smclarify.bias import metrics, report

logging.disable(logging.CRITICAL)
warnings.filterwarnings("ignore")
# smclarify knows text columns as those of pandas 2.
pd.set_option("future.infer_string", False)


def plain(value):
    if value is None or math.isnan(value):
        return None
    return str(float(value)).replace("inf", "Infinity") if math.isinf(value) else float(value)


def with_two_values_as_categories(frame):
    for name in frame.columns:
        if name in ("facet", "label", "prediction") and frame[name].nunique() <= 2:
            frame[name] = frame[name].astype("category")
    return frame


def report_of(case):
    frame = with_two_values_as_categories(pd.read_csv(io.StringIO(case["csv"])))
    label = report.LabelColumn("label", frame["label"], list(case["labelValues"]))
    stages = {}
    for stage in report.StageType:
        stages[stage.value] = report.bias_report(
            frame, report.FacetColumn("facet", case["facetValues"] and list(case["facetValues"])), label, stage,
            report.LabelColumn("prediction", frame["prediction"]), group_variable=frame[case["group"]] if case["group"] else None,
        )
    stages["label"] = report.label_value_or_threshold(frame["label"], list(case["labelValues"]))
    return stages


def metrics_of(case):
    flags = {name: pd.Series(case[name], dtype=bool) for name in ("facet", "label", "prediction")}
    arguments = {
        "df": pd.DataFrame(case["features"], dtype=float), "feature": flags["facet"], "sensitive_facet_index": flags["facet"],
        "label": flags["label"], "positive_label_index": flags["label"], "predicted_label": flags["prediction"],
        "positive_predicted_label_index": flags["prediction"], "group_variable": pd.Series(case["group"]),
    }
    values = {}
    for metric in metrics.PRETRAINING_METRICS + metrics.POSTTRAINING_METRICS:
        try:
            values[metric.__name__] = plain(metrics.call_metric(metric, **arguments))
        except Exception:
            values[metric.__name__] = None
    return values


question = json.load(sys.stdin)
np.seterr(all="ignore")
json.dump({"reports": [report_of(case) for case in question["datasets"]], "metrics": [metrics_of(case) for case in question["tables"]]}, sys.stdout)
