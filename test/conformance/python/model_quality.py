"""Metrics of predictions by scikit-learn: a list of cases in, a list of figures out."""
import json
import sys
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings('ignore')


def binary(labels, predictions, scores):
    negatives, false_positives, false_negatives, positives = metrics.confusion_matrix(labels, predictions, labels=[0, 1]).ravel()
    figures = {
        'accuracy': metrics.accuracy_score(labels, predictions),
        'true_negative_rate': negatives / (negatives + false_positives),
        'false_positive_rate': false_positives / (negatives + false_positives),
        'true_positive_rate': metrics.recall_score(labels, predictions),
        'false_negative_rate': false_negatives / (positives + false_negatives),
        **precision_recall(labels, predictions, average='binary', pos_label=1),
    }
    constant = np.full(len(labels), int(2 * np.sum(predictions) > len(predictions)))
    figures['accuracy_best_constant_classifier'] = metrics.accuracy_score(labels, constant)
    for name, value in precision_recall(labels, constant, average='binary', pos_label=1).items():
        figures[name + '_best_constant_classifier'] = value
    if scores is not None:
        figures['auc'] = metrics.roc_auc_score(labels, scores)
        precisions, recalls, _ = metrics.precision_recall_curve(labels, scores)
        # The last point is scikit-learn's own (1, 0); Spark begins at recall 0 with the precision of the highest threshold instead.
        precisions, recalls = precisions[:-1][::-1], recalls[:-1][::-1]
        figures['au_prc'] = metrics.auc(np.concatenate([[0], recalls]), np.concatenate([precisions[:1], precisions]))
    return figures


def multiclass(labels, predictions):
    figures = {'accuracy': metrics.accuracy_score(labels, predictions)}
    for name, value in precision_recall(labels, predictions, average='weighted').items():
        figures['weighted_' + name] = value
    return figures


def regression(labels, predictions):
    mse = metrics.mean_squared_error(labels, predictions)
    return {
        'mae': metrics.mean_absolute_error(labels, predictions),
        'mse': mse,
        'rmse': np.sqrt(mse),
        'r2': metrics.r2_score(labels, predictions),
    }


def precision_recall(labels, predictions, **options):
    options['zero_division'] = 0
    return {
        'precision': metrics.precision_score(labels, predictions, **options),
        'recall': metrics.recall_score(labels, predictions, **options),
        'f0_5': metrics.fbeta_score(labels, predictions, beta=0.5, **options),
        'f1': metrics.f1_score(labels, predictions, **options),
        'f2': metrics.fbeta_score(labels, predictions, beta=2, **options),
    }


def figures_of(case):
    labels, predictions = case['labels'], case['predictions']
    if case['kind'] == 'BinaryClassification':
        return binary(labels, predictions, case.get('scores'))
    return multiclass(labels, predictions) if case['kind'] == 'MulticlassClassification' else regression(labels, predictions)


json.dump([{name: float(value) for name, value in figures_of(case).items()} for case in json.load(sys.stdin)], sys.stdout)
