"""`make bench-read`: reading a table, in CPU seconds and peak memory, against pandas, polars and pyarrow.

Each reader runs in a process of its own, in turns with the others. What importing a library takes is measured apart
and taken off; our program has nothing to take off.
"""

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys

PEERS = {
    "pandas": "import pandas\ndef read(path): return pandas.read_csv(path)",
    "polars": "import polars\ndef read(path): return polars.read_csv(path)",
    "pyarrow": "import pyarrow.csv\ndef read(path): return pyarrow.csv.read_csv(path)",
}
MEASURE = """
import json, resource, sys
def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    kilobytes = int(peak[0].split()[1]) if peak else usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, kilobytes * 1024 / 1e6
before = used()
table = read(sys.argv[1])
after = used()
print(json.dumps({"rows": len(table), "cpu": after[0] - before[0], "peak_mb": after[1]}))
"""


def four_decimals(source):
    return ",".join(f"{source.gauss(0, 10):.4f}" for _ in range(20))


def seventeen_digits(source):
    return ",".join(repr(source.gauss(0, 10)) for _ in range(20))


def mixed(source):
    words = ["spring", "summer", "autumn", "winter", "north east", '"south, west"']
    cells = []
    for index in range(10):
        cells.append(source.choice(words) if index % 2 else str(source.randrange(100)))
    cells.append(f"2024-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}")
    cells.append(f"customer {source.randrange(10000)}")
    cells.append("" if source.random() < 0.1 else f"{source.random():.3f}")
    return ",".join(cells)


TABLES = {"20 numbers": four_decimals, "20 numbers of 17 digits": seventeen_digits, "texts, dates, gaps": mixed}


def make(folder, name, row, rows):
    """A table whose first 50,000 rows are repeated: writing it takes long, reading it is the same."""
    path = folder / f"{name.replace(' ', '-').replace(',', '')}-{rows}.csv"
    if not path.exists():
        source = random.Random(1)
        lines = [row(source) for _ in range(min(rows, 50_000))]
        block = "\n".join(lines) + "\n"
        header = ",".join(f"x{index}" for index in range(lines[0].count(",") + 1 - lines[0].count("south, west")))
        partial = path.with_suffix(".part")
        with partial.open("w") as file:
            file.write(header + "\n")
            for _ in range(rows // len(lines)):
                file.write(block)
        partial.rename(path)
    return path


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{command[0]} failed:\n{result.stderr}")
    return json.loads(result.stdout.splitlines()[-1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("--folder", required=True, type=pathlib.Path)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    commands = {"chainrule": lambda path: [options.binary, str(path)]}
    for name, code in PEERS.items():
        commands[name] = lambda path, code=code: [sys.executable, "-c", code + MEASURE, str(path)]
    for title, row in TABLES.items():
        path = make(options.folder, title, row, options.rows)
        found = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                found[name].append(run(command(path)))
        print(f"{title}: {options.rows} rows, {path.stat().st_size / 1e6:.0f} MB, median of {options.runs}")
        ours = statistics.median(result["cpu"] for result in found["chainrule"])
        for name, results in found.items():
            if any(result["rows"] != options.rows for result in results):
                sys.exit(f"{name} found {results[0]['rows']} rows")
            cpu = statistics.median(result["cpu"] for result in results)
            peak = max(result["peak_mb"] for result in results)
            print(f"  {name:10} {cpu:6.2f} CPU s  {peak:6.0f} MB peak  {cpu / ours:5.2f} × chainrule's CPU time")


if __name__ == "__main__":
    main()
