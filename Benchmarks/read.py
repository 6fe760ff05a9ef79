"""`make bench-read`: reading a table, in CPU seconds and peak memory, against pandas, polars and pyarrow.

Each reader runs in a process of its own, in turns with the others. The CPU time doesn't include starting the program and
importing a library. The peak memory is shown twice: that of the whole process, and without what it had before it read.
Chainrule's second line also includes fitting an encoding to all columns and encoding every row for a network.
"""

import argparse
import csv
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
    try:
        # `ru_maxrss` would count the process, too, from which this one was forked.
        line = [line for line in open("/proc/self/status") if line.startswith("VmHWM")][0]
        peak = int(line.split()[1]) * 1024
    except OSError:
        peak = usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, peak / 1e6
before = used()
table = read(sys.argv[1])
after = used()
part = {"cpu": after[0] - before[0], "start_mb": before[1], "peak_mb": after[1]}
print(json.dumps({"rows": len(table), "parts": {"": part}}))
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
    """A table whose first rows are repeated: random ones take long to write, and reading them is the same."""
    path = folder / f"{name.replace(' ', '-').replace(',', '')}-{rows}.csv"
    if not path.exists():
        source = random.Random(1)
        lines = [row(source) for _ in range(min(rows, 50_000))]
        width = len(next(csv.reader(lines)))
        partial = path.with_suffix(".part")
        with partial.open("w") as file:
            file.write(",".join(f"x{index}" for index in range(width)) + "\n")
            for start in range(0, rows, len(lines)):
                file.writelines(line + "\n" for line in lines[: rows - start])
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
    arguments.add_argument("--quick", action="store_true", help="a tenth of the rows, and each reader once")
    options = arguments.parse_args()
    rows, runs = (100_000, 1) if options.quick else (1_000_000, 5)
    options.folder.mkdir(parents=True, exist_ok=True)
    commands = {"chainrule": lambda path: [options.binary, str(path)]}
    for name, code in PEERS.items():
        commands[name] = lambda path, code=code: [sys.executable, "-c", code + MEASURE, str(path)]
    for title, row in TABLES.items():
        path = make(options.folder, title, row, rows)
        found = {}
        for _ in range(runs):
            for name, command in commands.items():
                result = run(command(path))
                if result["rows"] != rows:
                    sys.exit(f"{name} found {result['rows']} rows instead of {rows}")
                for part, numbers in result["parts"].items():
                    found.setdefault(f"{name}, {part}" if part else name, []).append(numbers)
        print(f"{title}: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB, median of {runs}")
        print(f"  {'':28} {'CPU s':>7} {'× pandas':>9} {'peak MB':>8} {'without start':>14}")
        pandas = statistics.median(numbers["cpu"] for numbers in found["pandas"])
        for name, results in found.items():
            cpu = statistics.median(numbers["cpu"] for numbers in results)
            peak = statistics.median(numbers["peak_mb"] for numbers in results)
            reading = statistics.median(numbers["peak_mb"] - numbers["start_mb"] for numbers in results)
            print(f"  {name:28} {cpu:7.2f} {cpu / pandas:9.2f} {peak:8.0f} {reading:14.0f}")


if __name__ == "__main__":
    main()
