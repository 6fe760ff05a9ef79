"""Times Chainrule and its peers on the same work, in turns, and shows who is how fast. `make bench` sets it up.

    python Benchmarks/bench.py --build FOLDER --swift FOLDER [--fashion FOLDER] [--quick] [--only NAME,NAME…]
"""

import argparse
import json
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import report
from cases import PREDICTIONS, Case
from quality import measure_quality
from settings import PEERS, Settings
from workers import BenchError, Worker, command, idle_share, processors

#: How far losses of the same work may be apart, relative.
TOLERANCE = 1e-4


def say(text: str) -> None:
    print(f"==> {text}", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, settings: Settings):
        self.settings = settings
        self.workers: list[Worker] = []
        self.start = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.stop()

    # MARK: Getting ready

    def prepare(self) -> None:
        """Starts the workers, gives them the cases, and lets them compile: two at a time, as nothing is timed yet."""
        folder = self.settings.build / "cases"
        folder.mkdir(parents=True, exist_ok=True)
        for case in self.settings.cases:
            case.write(folder / f"{case.name}.f32")
        for peer in self.settings.peers:
            for threads in self.settings.threads:
                # FANN has one thread whatever it is given.
                if peer == "fann" and threads > 1:
                    continue
                self.workers.append(
                    Worker(peer, threads, command(peer, threads, self.settings.swift), self.settings.build))
        with ThreadPoolExecutor(2) as pool:
            losses = dict(pool.map(self.get_ready, self.workers))
        self.compare(losses)
        busy = idle_share(self.workers)
        if busy:
            say(f"these workers take processor time although they have nothing to do: {busy}")

    def get_ready(self, worker: Worker) -> tuple[tuple[str, int], dict]:
        """Loads all cases. The losses of the first steps, by case and mode, if the worker does the same work."""
        losses = {}
        for case in self.settings.cases:
            if not PEERS[worker.peer].can(case):
                continue
            answer = worker.ask(**case.command(self.settings.build / "cases" / f"{case.name}.f32"))
            modes = [mode for mode in answer["modes"] if not (self.settings.quick and mode == "compiled")]
            worker.modes[case.name] = modes
            if not PEERS[worker.peer].does_the_same:
                continue
            for mode in modes:
                found = worker.ask(op="check", case=case.name, mode=mode, steps=self.settings.checked_steps)["losses"]
                losses[case.name, mode] = found
        say(f"{PEERS[worker.peer].title} on {worker.threads} thread{'s' * (worker.threads > 1)} is ready")
        return (worker.peer, worker.threads), losses

    def compare(self, losses: dict) -> None:
        """Raises BenchError unless everybody who does the same work has come to the same losses."""
        expected: dict[str, tuple[str, list[float]]] = {}
        problems = []
        for (peer, threads), found in losses.items():
            for (case, mode), values in found.items():
                who = f"{peer} ({mode}) on {threads}"
                reference, wanted = expected.setdefault(case, (who, values))
                for step, (value, goal) in enumerate(zip(values, wanted, strict=True), 1):
                    apart = abs(value - goal) / max(abs(goal), 1e-9)
                    # Written so that what is no number is no match.
                    if not apart <= TOLERANCE:
                        problems.append(
                            f"{case}, step {step}: {who} has loss {value:.7g}, {reference} {goal:.7g}, "
                            f"which is {apart:.1e} apart; at most {TOLERANCE:.0e} is the same work")
                        break
        if problems:
            raise BenchError("not everybody comes to the same loss:\n  " + "\n  ".join(problems))

    # MARK: Timing

    def measure(self) -> dict:
        """All rounds: for each case and number of threads, every worker in turn."""
        found = {"training": {}, "prediction": {}, "peak": {}}
        for number in range(self.settings.rounds):
            if number >= 3 and time.monotonic() - self.start > self.settings.patience:
                self.settings.left_out.append(f"rounds after the first {number}, as it took long")
                self.settings.rounds = number
                break
            say(f"round {number + 1} of {self.settings.rounds}")
            for worker in self.workers:
                if worker.peer == "ours":
                    answer = worker.ask(op="peak")
                    found["peak"].setdefault(worker.threads, []).append(answer["peak"])
                    found["instructions"] = answer["name"]
            for case in self.settings.cases:
                for threads in self.settings.threads:
                    self.take_turns(case, threads, found["training"])
            for case, rows in PREDICTIONS:
                for threads in self.settings.threads:
                    if case in self.settings.cases and (rows > 1 or threads == 1):
                        self.take_turns(case, threads, found["prediction"], rows)
        return found

    def take_turns(self, case: Case, threads: int, found: dict, rows: int | None = None) -> None:
        """Every worker that can, on one case; `rows` to predict, or none to train."""
        for worker in self.workers:
            peer = PEERS[worker.peer]
            if worker.threads != threads or case.name not in worker.modes:
                continue
            if rows is None and not peer.trains or rows is not None and rows not in peer.predicts:
                continue
            # PyTorch has its own modes for training; predicting, there is one.
            modes = worker.modes[case.name] if rows is None or peer.has_prediction_modes else [""]
            for mode in modes:
                words = {"op": "run"} if rows is None else {"op": "predict", "rows": rows}
                answer = worker.ask(**words, case=case.name, mode=mode, seconds=self.settings.seconds)
                key = (case.name, rows, threads) if rows else (case.name, threads)
                found.setdefault(key, {}).setdefault((worker.peer, mode), []).append(answer["microseconds"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="a folder for what is made on the way")
    parser.add_argument("--swift", type=Path, required=True, help="the folder of our programs, built")
    parser.add_argument("--fashion", type=Path, help="the folder of Fashion-MNIST; without it, no time to quality")
    parser.add_argument("--quick", action="store_true", help="less than a minute: one round, and not everything")
    parser.add_argument("--only", default="", help="peers or cases by name, with commas between")
    arguments = parser.parse_args()
    # A worker that is told to stop must not leave others behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    try:
        settings = Settings.make(arguments, processors())
        with Bench(settings) as bench:
            found = {}
            if settings.cases:
                bench.prepare()
                found = bench.measure()
        quality = measure_quality(settings, say, start) if settings.has_quality else {}
        results = report.results(settings, found, quality)
    except BenchError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    results["seconds"] = round(time.monotonic() - start, 1)
    file = settings.build / "bench.json"
    file.write_text(json.dumps(results, indent=1) + "\n")
    print(report.text(results))
    print(f"\nIt took {results['seconds']:.0f} seconds. As JSON: {os.path.relpath(file)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
