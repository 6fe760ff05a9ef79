"""Time to quality: Fashion-MNIST from its files to a test accuracy, by us and by the peers that people train."""

import json
import statistics
import subprocess
import sys
import time

from cases import QUALITY_ACCURACY
from settings import PEERS, Settings
from workers import HERE, BenchError, environment, pin

TRAINERS = ("ours", "torch", "sklearn")


def measure_quality(settings: Settings, say, start: float) -> dict:
    """For each peer the medians over the seeds: seconds of its own work, of the whole process, and bytes of memory.

    A seed takes half a minute; none after the first is begun when the benchmark has run for a long time since `start`.
    """
    found: dict[str, list[dict]] = {}
    threads = {}
    trainers = [peer for peer in TRAINERS if peer in settings.peers]
    for peer in trainers:
        say(f"{PEERS[peer].title} on Fashion-MNIST, seed 1")
        outcome = first_run(peer, settings)
        threads[peer] = outcome["threads"]
        found[peer] = [outcome]
    for seed in range(2, settings.seeds + 1):
        if time.monotonic() - start > settings.patience + 120:
            settings.left_out.append(f"seeds of Fashion-MNIST from {seed} on, as it took long")
            break
        for peer in trainers:
            say(f"{PEERS[peer].title} on Fashion-MNIST, seed {seed}")
            found[peer].append(train(peer, seed, threads[peer], settings))
    return {peer: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for peer, runs in found.items()}


def first_run(peer: str, settings: Settings) -> dict:
    """The first seed. Peers may choose how many threads they use: all numbers are tried, as far as they are no slower."""
    if peer == "ours":
        return train(peer, 1, settings.threads[-1], settings)
    best = None
    for threads in settings.threads:
        outcome = train(peer, 1, threads, settings, limit=best and best["processSeconds"])
        if outcome and (best is None or outcome["seconds"] < best["seconds"]):
            best = outcome
    return best


def train(peer: str, seed: int, threads: int, settings: Settings, limit: float | None = None) -> dict | None:
    """One run in a process of its own; none if it takes longer than the limit."""
    if peer == "ours":
        program = [str(settings.swift / "QualityBenchmark")]
    else:
        program = [sys.executable, str(HERE / "peers" / f"{peer}_fashion.py")]
    start = time.perf_counter()
    try:
        # Who uses fewer processors than there are is not held to them: reading may use them all.
        done = subprocess.run(
            [*program, str(settings.fashion), str(QUALITY_ACCURACY), str(seed), str(threads)],
            text=True, capture_output=True, timeout=limit, env=environment(threads, settings.build),
            preexec_fn=pin(settings.threads[-1]))
    except subprocess.TimeoutExpired:
        return None
    whole = time.perf_counter() - start
    if done.returncode != 0:
        last_words = "\n".join(done.stderr.splitlines()[-8:])
        raise BenchError(f"{peer} on Fashion-MNIST ended with code {done.returncode}. It left this:\n{last_words}")
    outcome = json.loads(done.stdout)
    if outcome["accuracy"] < QUALITY_ACCURACY:
        raise BenchError(
            f"{peer} with seed {seed} had test accuracy {outcome['accuracy']:.4f} on Fashion-MNIST after "
            f"{outcome['epochs']} epochs; expected {QUALITY_ACCURACY}")
    return outcome | {"processSeconds": whole, "threads": threads}
