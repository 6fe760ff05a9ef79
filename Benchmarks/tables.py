"""`make bench-tables`: the default settings against scikit-learn's, on twelve tables.

Both get the same CSV files and the same three folds. The peer's scores are kept in the folder, as they take minutes.
"""

import argparse
import json
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import sklearn
from table_files import write_tables
from table_peer import measure

SEEDS = 3


def peer_scores(tables, folder):
    """A score for each table, fold and seed; those that an earlier run left are taken from the file."""
    file = folder / f"scikit-learn-{sklearn.__version__}.json"
    scores = json.loads(file.read_text()) if file.exists() else []
    known = {(score["table"], score["fold"], score["seed"]) for score in scores}
    for table in tables:
        print(f"scikit-learn on {table['name']}", file=sys.stderr, flush=True)
        for fold, test in enumerate(table["tests"]):
            for seed in range(SEEDS):
                if (table["name"], fold, seed) in known:
                    continue
                scores.append({"table": table["name"], "fold": fold, "seed": seed} | measure(table, test, seed))
                file.write_text(json.dumps(scores))
    return scores


def our_scores(binary, folder):
    print("Chainrule on all tables", file=sys.stderr, flush=True)
    done = subprocess.run([binary, folder, str(SEEDS)], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{binary} ended with code {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def averaged(scores):
    """The mean over folds and seeds, table by table."""
    by_table = defaultdict(list)
    for score in scores:
        by_table[score["table"]].append(score)
    return {
        table: {key: mean(score[key] for score in found) for key in ("error", "logLoss", "seconds") if key in found[0]}
        for table, found in by_table.items()}


def report(tables, ours, peer):
    print("Error: the part of wrong classes, or the root mean squared error over the deviation. CPU s: one fit.\n")
    print("| table | rows | columns | text | missing | error | scikit-learn | log loss | scikit-learn | CPU s | scikit-learn | better |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    wins = 0
    for table in tables:
        mine, theirs = ours[table["name"]], peer[table["name"]]
        keys = [key for key in ("error", "logLoss") if key in theirs]
        better = [key for key in keys if mine[key] < theirs[key]]
        wins += better == keys
        words = "both" if len(better) == 2 else "error" if better == ["error"] else "log loss" if better else "neither"
        if table["isNumber"]:
            words = "yes" if better else "no"
        losses = [f"{side['logLoss']:.4f}" if "logLoss" in side else "–" for side in (mine, theirs)]
        print(
            f"| {table['name']} | {table['rows']} | {table['columns']} | {table['categories']} | {table['missing']} "
            f"| {mine['error']:.4f} | {theirs['error']:.4f} | {losses[0]} | {losses[1]} "
            f"| {mine['seconds']:.2f} | {theirs['seconds']:.2f} | {words} |")
    print(f"\nBetter in everything on {wins} of {len(tables)} tables.")
    for key, name in (("error", "error"), ("logLoss", "log loss"), ("seconds", "CPU time")):
        ratios = [math.log(ours[t][key] / peer[t][key]) for t in ours if key in ours[t]]
        print(f"Ratio of the {name} to scikit-learn's, geometric mean: {math.exp(mean(ratios)):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="TableBenchmark")
    parser.add_argument("--packages", type=Path, required=True, help="where the packages of table-packages.txt are")
    parser.add_argument("--folder", type=Path, required=True, help="for tables and scores")
    arguments = parser.parse_args()
    tables = write_tables(arguments.packages, arguments.folder)
    peer = peer_scores(tables, arguments.folder)
    report(tables, averaged(our_scores(arguments.binary, arguments.folder)), averaged(peer))


if __name__ == "__main__":
    main()
