"""scikit-learn's multilayer perceptron with its default settings, on one fold of a table.

Numbers: the median for missing cells, then standardised. Text: one input for each level, missing being one; levels that the
rows to train on don't have are ignored. A number to be predicted is standardised too.
"""

import time
import warnings

import numpy
import pandas
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from table_files import is_numeric


def measure(table: dict, test: list[int], seed: int) -> dict:
    """Trains on all rows but the test rows.

    Gives the error, which is the share of wrong classes or the root mean square error over the test rows' deviation; the
    log loss if there are classes; and seconds of processor time.
    """
    warnings.simplefilter("ignore", ConvergenceWarning)
    frame = pandas.read_csv(table["file"])
    is_test = numpy.zeros(len(frame), dtype=bool)
    is_test[test] = True
    x, y = frame.drop(columns=table["target"]), frame[table["target"]]
    numbers = [name for name in x.columns if is_numeric(x[name])]
    prepared = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), x.columns.drop(numbers))])
    network = (
        TransformedTargetRegressor(MLPRegressor(random_state=seed), transformer=StandardScaler())
        if table["isNumber"] else MLPClassifier(random_state=seed))
    model = make_pipeline(prepared, network)
    start = time.process_time()
    model.fit(x[~is_test], y[~is_test])
    seconds = time.process_time() - start
    if table["isNumber"]:
        residuals = model.predict(x[is_test]) - y[is_test]
        error = numpy.sqrt(numpy.mean(residuals**2)) / numpy.std(y[is_test])
        return {"error": float(error), "seconds": seconds}
    probabilities = model.predict_proba(x[is_test])
    wrong = model.classes_[probabilities.argmax(1)] != y[is_test].to_numpy()
    return {
        "error": float(numpy.mean(wrong)), "seconds": seconds,
        "logLoss": float(log_loss(y[is_test], probabilities, labels=model.classes_))}
