"""Writes five folds of scikit-learn's small tables as CSV, and the scores of its MLP with default settings on them.

    python Benchmarks/tables.py FOLDER

Each score is the mean over the folds of accuracy, or of R² for diabetes (for which 2,000 iterations are allowed), with
inputs standardised by the rows to train on. Three seeds.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

TABLES = ("digits", "wine", "breast_cancer", "iris", "diabetes")
SEEDS = range(3)


def write(path, x, y):
    header = ",".join([f"x{i}" for i in range(x.shape[1])] + ["target"])
    numpy.savetxt(path, numpy.column_stack([x, y]), delimiter=",", fmt="%.17g", header=header, comments="")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore", ConvergenceWarning)
    peers = []
    for name in TABLES:
        data = getattr(datasets, f"load_{name}")()
        x, y = data.data, data.target
        is_number = name == "diabetes"
        folds = (KFold if is_number else StratifiedKFold)(5, shuffle=True, random_state=0)
        parts = list(folds.split(x, y))
        for number, (training, test) in enumerate(parts):
            write(folder / f"{name}-{number}-train.csv", x[training], y[training])
            write(folder / f"{name}-{number}-test.csv", x[test], y[test])
        scores = []
        for seed in SEEDS:
            found = []
            for training, test in parts:
                scaler = StandardScaler().fit(x[training])
                model = MLPRegressor(random_state=seed, max_iter=2000) if is_number else MLPClassifier(random_state=seed)
                model.fit(scaler.transform(x[training]), y[training])
                found.append(model.score(scaler.transform(x[test]), y[test]))
            scores.append(float(numpy.mean(found)))
        classes = 0 if is_number else len(set(y.tolist()))
        peers.append({"table": name, "rows": len(y), "inputs": x.shape[1], "classes": classes, "scores": scores})
        print(f"{name}: scikit-learn {numpy.mean(scores):.4f}", flush=True)
    (folder / "peers.json").write_text(json.dumps(peers, indent=1))


if __name__ == "__main__":
    main()
