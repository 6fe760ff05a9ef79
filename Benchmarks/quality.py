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


def measure_quality(settings: Settings, say) -> dict:
    """For each peer the medians over the seeds: seconds of its own work, of the whole process, and bytes of memory."""
    found: dict[str, list[dict]] = {}
    for seed in range(1, settings.seeds + 1):
        for peer in TRAINERS:
            if peer in settings.peers:
                say(f"{PEERS[peer].title} on Fashion-MNIST, seed {seed}")
                found.setdefault(peer, []).append(train(peer, seed, settings))
    return {peer: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for peer, runs in found.items()}


def train(peer: str, seed: int, settings: Settings) -> dict:
    """One run in a process of its own."""
    threads = settings.threads[-1]
    if peer == "ours":
        program = [str(settings.swift / "QualityBenchmark")]
    else:
        program = [sys.executable, str(HERE / "peers" / f"{peer}_fashion.py")]
    start = time.perf_counter()
    done = subprocess.run(
        [*program, str(settings.fashion), str(QUALITY_ACCURACY), str(seed), str(threads)],
        text=True, capture_output=True, env=environment(threads, settings.build), preexec_fn=pin(threads))
    whole = time.perf_counter() - start
    if done.returncode != 0:
        last_words = "\n".join(done.stderr.splitlines()[-8:])
        raise BenchError(f"{peer} on Fashion-MNIST ended with code {done.returncode}. It left this:\n{last_words}")
    outcome = json.loads(done.stdout)
    if outcome["accuracy"] < QUALITY_ACCURACY:
        raise BenchError(
            f"{peer} with seed {seed} had test accuracy {outcome['accuracy']:.4f} on Fashion-MNIST after "
            f"{outcome['epochs']} epochs; expected {QUALITY_ACCURACY}")
    return outcome | {"processSeconds": whole}
