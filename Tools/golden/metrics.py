"""scikit-learn's metrics on small fixed data."""

import warnings

import numpy
from sklearn import metrics as M

BINARY = {
    "actual": [0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0],
    "scores": [0.125, 0.875, 0.5, 0.5, 0.75, 0.25, 0.625, 0.375, 0.9375, 0.0625, 0.5, 0.5],
    "weights": [1, 2, 0.5, 1, 1, 3, 1, 0, 1, 1, 2, 0.25],
}
CLASSES = {
    # Class 3 occurs and is never predicted.
    "actual": [0, 1, 2, 3, 0, 1, 2, 0, 1, 2, 3, 0],
    "weights": [1, 1, 2, 0.5, 1, 0, 1, 1, 3, 1, 1, 0.5],
}
REGRESSION = {
    "actual": [3.0, -0.5, 2.0, 7.0, 4.25, -1.0, 0.0],
    "predicted": [2.5, 0.0, 2.0, 8.0, 4.0, -3.0, 0.25],
    "weights": [1, 2, 0.5, 1, 1, 3, 0],
}


def probabilities():
    generator = numpy.random.default_rng(3)
    parts = generator.integers(1, 9, size=(12, 4)).astype(float)
    parts[:, 3] = 0.5
    # Parts of 128, so that single precision holds them and each row sums to one.
    result = numpy.floor(64 * parts / parts.sum(1, keepdims=True)) / 64
    result[:, 0] += 1 - result.sum(1)
    # No two classes alike: programs break ties differently.
    result[:, 2] -= 1 / 128
    result[:, 0] += 1 / 128
    return result


def binary(weights):
    y, s = BINARY["actual"], BINARY["scores"]
    p = (numpy.array(s) >= 0.5).astype(int)
    w = {"sample_weight": weights}
    return {
        "accuracy": M.accuracy_score(y, p, **w),
        "balancedAccuracy": M.balanced_accuracy_score(y, p, **w),
        "precision": M.precision_score(y, p, **w),
        "recall": M.recall_score(y, p, **w),
        "f1": M.f1_score(y, p, **w),
        "rocAUC": M.roc_auc_score(y, s, **w),
        "logLoss": M.log_loss(y, s, **w),
        "brier": M.brier_score_loss(y, s, **w),
    }


def classes(weights):
    y, s = numpy.array(CLASSES["actual"]), probabilities()
    p = s.argmax(1)
    w = {"sample_weight": weights}
    result = {
        "accuracy": M.accuracy_score(y, p, **w),
        "balancedAccuracy": M.balanced_accuracy_score(y, p, **w),
        "top2": M.top_k_accuracy_score(y, s, k=2, **w),
        "top3": M.top_k_accuracy_score(y, s, k=3, **w),
        "logLoss": M.log_loss(y, s, **w),
        "brier": float(numpy.average(((s - numpy.eye(4)[y]) ** 2).sum(1), weights=weights)),
        "rocAUCMacro": numpy.mean([M.roc_auc_score(y == k, s[:, k], **w) for k in range(4)]),
        "confusion": M.confusion_matrix(y, p, **w).astype(float),
    }
    for average in (None, "macro", "weighted", "micro"):
        name = (average or "each").capitalize()
        for key, function in (("precision", M.precision_score), ("recall", M.recall_score), ("f1", M.f1_score)):
            result[key + name] = function(y, p, average=average, zero_division=0, **w)
    return result


def regression(weights):
    y, p = REGRESSION["actual"], REGRESSION["predicted"]
    w = {"sample_weight": weights}
    return {
        "mae": M.mean_absolute_error(y, p, **w),
        "mse": M.mean_squared_error(y, p, **w),
        "rmse": M.root_mean_squared_error(y, p, **w),
        "medianAE": M.median_absolute_error(y, p),
        "r2": M.r2_score(y, p, **w),
    }


def vectors():
    result = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, data, function in (
            ("binary", BINARY, binary),
            ("classes", CLASSES, classes),
            ("regression", REGRESSION, regression),
        ):
            result[name] = {
                **data,
                "plain": function(None),
                "weighted": function(data["weights"]),
            }
    result["classes"]["probabilities"] = probabilities().flatten().tolist()
    return result
