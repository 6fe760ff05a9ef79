"""What the peers share that train on Fashion-MNIST until a test accuracy is reached.

Each is given FOLDER ACCURACY SEED THREADS and writes one line of JSON: the seconds since its first line after the
imports, those among them until the first epoch, the epochs, the accuracy reached, and the most memory it has had.
"""

import json
import resource
import sys
import time
from dataclasses import dataclass, field

import numpy


def read(folder: str, part: str) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Images as (count, 784), numbers from 0 to 1, and their classes."""
    images = numpy.fromfile(f"{folder}/{part}-images-idx3-ubyte", numpy.uint8, offset=16).reshape(-1, 784)
    labels = numpy.fromfile(f"{folder}/{part}-labels-idx1-ubyte", numpy.uint8, offset=8)
    scaled = images.astype(numpy.float32)
    scaled /= 255
    return scaled, labels.astype(numpy.int64)


def peak_bytes() -> int:
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        # In bytes on a Mac.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@dataclass
class Arguments:
    folder: str
    accuracy: float
    seed: int
    threads: int
    #: When the work began.
    start: float = field(default_factory=time.perf_counter)


def arguments() -> Arguments:
    folder, accuracy, seed, threads = sys.argv[1:]
    return Arguments(folder, float(accuracy), int(seed), int(threads))


def train(given: Arguments, epoch, accuracy) -> None:
    """Trains epoch by epoch until the accuracy is reached, and writes what that took."""
    reading = time.perf_counter() - given.start
    reached, epochs = 0.0, 0
    while reached < given.accuracy and epochs < 30:
        epoch()
        reached = float(accuracy())
        epochs += 1
    print(json.dumps({
        "seconds": time.perf_counter() - given.start, "readingSeconds": reading, "epochs": epochs, "accuracy": reached,
        "peakBytes": peak_bytes()}))
